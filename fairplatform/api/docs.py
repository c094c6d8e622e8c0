"""The page that documents the API for people: the same that the OpenAPI document says, without a script."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from fairplatform.accounts.request import FairRequest
from fairplatform.policy import permits

from .fair_api import api

Schema = Mapping[str, Any]
# By the word of JSON Schema: how a bound is written beside the type of a value.
BOUNDS = {"minimum": "at least {}", "maximum": "at most {}", "maxLength": "at most {} characters", "pattern": "{}"}


class Value(NamedTuple):
    """A parameter, or a property of an answer."""

    name: str
    type: str
    description: str


class Operation(NamedTuple):
    """What can be asked at an address; `answer` names the shape of what comes back."""

    key: str
    request: str
    description: str
    parameters: list[Value]
    answer: str

    @property
    def shape(self) -> str:
        """Of the answer, or of each row of it."""
        return self.answer.rpartition(" ")[2]


class Shape(NamedTuple):
    name: str
    description: str
    properties: list[Value]


@require_GET
@permits("page.open")
def docs(request: FairRequest) -> HttpResponse:
    document = api.get_openapi_schema()
    shapes = document["components"]["schemas"]
    context = {
        "introduction": document["info"]["description"].split("\n\n"),
        "operations": list(_operations(document["paths"])),
        "shapes": [_shape(name, shapes[name]) for name in sorted(shapes)],
    }
    return render(request, "api/docs.html", context)


@require_GET
@permits("page.open")
def root(request: FairRequest) -> HttpResponse:
    return redirect("api:docs")


def _operations(paths: Schema) -> Iterator[Operation]:
    for path, methods in paths.items():
        operation = methods["get"]
        parameters = [
            Value(one["name"], _type(one["schema"]), one.get("description", ""))
            for one in operation.get("parameters", [])
        ]
        answer = operation["responses"][200]["content"]["application/json"]["schema"]
        yield Operation(operation["operationId"], f"GET {path}", operation["description"], parameters, _type(answer))


def _shape(name: str, schema: Schema) -> Shape:
    values = [
        Value(key, _type(value), value.get("description", "")) for key, value in schema.get("properties", {}).items()
    ]
    return Shape(name, schema.get("description", ""), values)


def _type(schema: Schema) -> str:
    """In words: `integer, at least 1, at most 100; 24 when left out`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if "enum" in schema:
        words = [f"“{value}”" for value in schema["enum"] if value]
    else:
        words = [schema["type"], *(text.format(schema[word]) for word, text in BOUNDS.items() if word in schema)]
    default = schema.get("default")
    return ", ".join(words) + (f"; {default} when left out" if default not in (None, "") else "")
