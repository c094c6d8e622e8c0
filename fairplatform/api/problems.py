"""Errors of the API as problem details (RFC 9457), in the language that the request asks for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError
from pydantic import Field

from fairplatform.errors import SENTENCES, Refused
from fairplatform.i18n.error_pages import STATUS

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"
# By the status of the response: what is wrong in short, and what to do about it.
PROBLEMS: Mapping[int, tuple[Promise, Promise]] = {
    400: (_("Invalid request"), _("The request could not be read. Check its address and headers.")),
    401: (_("Token needed"), _("Send a valid token of an organiser with the request.")),
    403: (_("Not permitted"), _("This token does not allow reading the results of this fair.")),
    404: (_("Not found"), SENTENCES["not_found"]),
    405: (_("Method not allowed"), _("This address is read-only.")),
    413: (_("Request too large"), _("The request is too large. Send it without a body.")),
    422: (_("Invalid parameters"), _("Some parameters are not valid. Each is listed with the reason.")),
    429: (_("Too many requests"), SENTENCES["too_fast"]),
    500: (_("Internal error"), SENTENCES["failed"]),
    503: (_("Temporarily unavailable"), SENTENCES["unavailable"]),
}
# What is wrong with a parameter, by pydantic's type of error; each sentence is filled from the error's own context.
PARAMETERS: Mapping[str, Promise] = {
    "int_parsing": _("Enter a whole number."),
    "int_parsing_size": _("Enter a smaller number."),
    "greater_than_equal": _("Enter %(ge)s or more."),
    "less_than_equal": _("Enter %(le)s or less."),
    "string_too_long": _("Enter up to %(max_length)s characters."),
    "literal_error": _("Choose one of these: %(expected)s."),
}
INVALID = _("This value is not valid.")


class ParameterProblem(Schema):
    """What is wrong with one parameter."""

    where: str = Field(description="query or path.")
    name: str
    detail: str


class Problem(Schema):
    """An error (RFC 9457). `title` and `detail` are sentences in the language of the request."""

    type: str = Field(default="about:blank", description="Always about:blank: the status says which problem it is.")
    title: str
    status: int
    detail: str
    instance: str = Field(description="The path of the request.")
    errors: list[ParameterProblem] | None = Field(
        default=None, description="The parameters at fault, of a problem 422."
    )


def problem(request: HttpRequest, status: int, errors: Sequence[ParameterProblem] = ()) -> HttpResponse:
    """The response for an error; a status that has no words of its own is called by those of its class."""
    title, detail = PROBLEMS.get(status) or PROBLEMS[500 if status >= 500 else 400]
    found = Problem(
        title=str(title), status=status, detail=str(detail), instance=request.path, errors=list(errors) or None
    )
    body = found.model_dump(exclude_none=True)
    headers = {"Cache-Control": "no-store"}
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE, headers=headers)


class ProblemsMiddleware:
    """Below PREFIX every error is a problem, also where no operation was reached: what was a page until here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path_info.startswith(PREFIX):
            return response
        if response.headers.get("Content-Type") == MEDIA_TYPE:
            return response
        found = problem(request, response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response.headers:
                found.headers[name] = response.headers[name]
        return found


def handle_errors(api: NinjaAPI) -> None:
    """Responds with a problem to what the API's operations raise; what else they raise is for Django to log."""
    api.add_exception_handler(Refused, _refused)  # type: ignore[arg-type]
    api.add_exception_handler(AuthenticationError, _unauthenticated)  # type: ignore[arg-type]
    api.add_exception_handler(Http404, _not_found)  # type: ignore[arg-type]
    api.add_exception_handler(ValidationError, _invalid)  # type: ignore[arg-type]


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return problem(request, STATUS.get(refusal.code, 409))


def _unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    found = problem(request, 401)
    found["WWW-Authenticate"] = "Bearer"
    return found


def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, 404)


def _invalid(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    return problem(request, 422, [_parameter(error) for error in invalid.errors])


def _parameter(error: Mapping[str, Any]) -> ParameterProblem:
    sentence = PARAMETERS.get(error["type"], INVALID)
    where, name = str(error["loc"][0]), str(error["loc"][-1])
    return ParameterProblem(where=where, name=name, detail=str(sentence % error.get("ctx", {})))
