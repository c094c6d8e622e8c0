"""How the API responds: errors as problem details, methods, 304 to whoever has the newest response, and its pace."""

import json
import re
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client

from booths.models import Display
from fairplatform.api import responding
from fairplatform.fairs.models import Fair
from fairplatform.policy import Role
from tests.factories import make_exhibitor, make_fair, make_product, make_role

pytestmark = pytest.mark.django_db
METHODS = "GET, HEAD, OPTIONS"


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def problem(status: int, title: str, detail: str, instance: str, **more: Any) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": instance, **more}


def ask(path: str, language: str = "en", method: str = "GET", **headers: str) -> Any:
    """Also an exception is answered."""
    client = Client(raise_request_exception=False)
    return client.generic(method, f"/api/v1/{path}", headers={"Accept-Language": language, **headers})


def assert_problem(response: Any, expected: dict[str, Any]) -> None:
    assert response.status_code == expected["status"]
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response.json() == expected


@pytest.mark.parametrize("path", ["fairs/nowhere", "nowhere", "fairs/", "fairs/a b", "fairs/x/products/one"])
def test_404(path: str) -> None:
    detail = "This item does not exist, or you do not have access to it."
    expected = problem(404, "Not found", detail, f"/api/v1/{path}")
    assert_problem(ask(path.replace(" ", "%20")), expected)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "FAULTY"])
@pytest.mark.parametrize("path", ["fairs", "openapi.json"])
def test_405(method: str, path: str) -> None:
    response = ask(path, method=method)
    detail = "This address is read-only."
    assert_problem(response, problem(405, "Method not allowed", detail, f"/api/v1/{path}"))
    assert response["Allow"] == METHODS


def test_422_names_each_parameter(fair: Fair) -> None:
    path = f"fairs/{fair.slug}/products"
    response = ask(f"{path}?limit=101&offset=-1&hs=123&booth={'a' * 81}")
    errors = [
        {"where": "query", "name": "limit", "detail": "Enter 100 or less."},
        {"where": "query", "name": "offset", "detail": "Enter 0 or more."},
        {"where": "query", "name": "booth", "detail": "Enter up to 80 characters."},
        {"where": "query", "name": "hs", "detail": "This value is not valid."},
    ]
    detail = "Some parameters are not valid. Each is listed with the reason."
    assert_problem(response, problem(422, "Invalid parameters", detail, f"/api/v1/{path}", errors=errors))
    words = ask(f"fairs/{fair.slug}/booths?hall=one&limit={'9' * 5000}").json()["errors"]
    assert [error["detail"] for error in words] == ["Enter a smaller number.", "Enter a whole number."]


def test_429_says_when_to_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responding, "REQUESTS", 2)
    other_network = Client(REMOTE_ADDR="192.0.2.7")
    assert [ask("fairs").status_code for _ in range(2)] == [200, 200]
    response = ask("fairs")
    detail = "Too many requests in a short time. Wait a moment and try again."
    assert_problem(response, problem(429, "Too many requests", detail, "/api/v1/fairs"))
    assert response["Retry-After"] == "60"
    assert other_network.get("/api/v1/fairs").status_code == 200


def failing(error: Exception) -> Any:
    """With every statement to the database raising it."""

    def fail(*_: Any) -> Any:
        raise error

    return connection.execute_wrapper(fail)


def test_500_tells_nothing_of_the_failure() -> None:
    with failing(RuntimeError("secret")):
        response = ask("fairs")
    detail = "Something went wrong on our side. Nothing was changed. Try again."
    assert_problem(response, problem(500, "Internal error", detail, "/api/v1/fairs"))


def test_503_while_the_database_is_away() -> None:
    with failing(OperationalError("server closed the connection unexpectedly")):
        response = ask("fairs")
    detail = "The fair is temporarily unavailable. Try again shortly."
    assert_problem(response, problem(503, "Temporarily unavailable", detail, "/api/v1/fairs"))
    assert response["Retry-After"] == "5"


def test_400_for_another_host() -> None:
    response = ask("fairs", host="elsewhere.example")
    detail = "The request could not be read. Check its address and headers."
    assert_problem(response, problem(400, "Invalid request", detail, "/api/v1/fairs"))


def test_pages_keep_their_errors() -> None:
    assert Client().get("/fairs/nowhere/")["Content-Type"].startswith("text/html")
    assert Client().get("/apiary")["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("language", ["zh-CN", "ur"])
def test_a_problem_is_in_the_language_asked_for(language: str) -> None:
    words = {"zh-CN": "内容不存在，或您无权查看。", "ur": "مطلوبہ مواد موجود نہیں، یا آپ کو اس تک رسائی حاصل نہیں۔"}
    response = ask("fairs/nowhere", language)
    assert response.json()["detail"] == words[language]
    assert response["Content-Language"] == {"zh-CN": "zh-hans", "ur": "ur"}[language]


def test_head_is_get_without_a_body(fair: Fair) -> None:
    got, head = ask(f"fairs/{fair.slug}"), ask(f"fairs/{fair.slug}", method="HEAD")
    assert (head.status_code, head.content) == (200, b"")
    names = ("Content-Type", "Content-Length", "ETag", "Cache-Control", "Content-Language")
    assert [head[name] for name in names] == [got[name] for name in names]
    assert ask("fairs/nowhere", method="HEAD").status_code == HTTPStatus.NOT_FOUND


def test_options_names_the_methods_and_no_other_origin() -> None:
    response = ask("fairs", method="OPTIONS", origin="https://elsewhere.example")
    assert (response.status_code, response["Allow"], response.content) == (204, METHODS, b"")
    got = ask("fairs", origin="https://elsewhere.example")
    assert [name for name in {**response.headers, **got.headers} if name.startswith("Access-Control")] == []


def test_what_has_not_changed_is_304(fair: Fair) -> None:
    product = make_product(make_exhibitor(fair))
    path = f"fairs/{fair.slug}/products"
    first = ask(path)
    assert first["Cache-Control"] == "public, no-cache"
    for known in (first["ETag"], f'"other", {first["ETag"]}', "*"):
        again = ask(path, if_none_match=known)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    Display.objects.filter(product=product).delete()
    changed = ask(path, if_none_match=first["ETag"])
    assert (changed.status_code, changed.json()) == (200, {"results": [], "total": 0})


@pytest.mark.parametrize(
    ("path", "status"),
    [("fairs/nowhere", 404), ("fairs?limit=101", 422), ("fairs/{fair}/products/{hidden}", 404), ("fairs?limit=1", 200)],
)
def test_who_has_one_address_is_told_about_another(fair: Fair, path: str, status: int) -> None:
    hidden = make_product(make_exhibitor(make_fair(state="draft")))
    path = path.format(fair=fair.slug, hidden=hidden.pk)
    known = [ask(asked)["ETag"] for asked in ("fairs", f"fairs/{fair.slug}", "fairs?limit=2")]
    assert [ask(path, if_none_match=each).status_code for each in known] == [status] * 3
    if status != 200:
        assert ask(path, if_none_match="*").status_code == status


def test_the_day_of_a_fair_changes_the_answer(fair: Fair) -> None:
    first = ask(f"fairs/{fair.slug}")
    day = fair.days.create(number=1, date="2030-01-01")
    second = ask(f"fairs/{fair.slug}", if_none_match=first["ETag"])
    assert second.json()["days"] == [{"number": 1, "date": "2030-01-01"}]
    day.delete()
    assert ask(f"fairs/{fair.slug}", if_none_match=second["ETag"]).json()["days"] == []


def test_nothing_of_the_reader_is_in_an_answer(fair: Fair) -> None:
    """It is the same for all, sets no cookie and depends on none, so that a proxy may keep it."""
    client = Client(headers={"Accept-Language": "ur"})
    client.force_login(make_role(fair, Role.ORGANISER))
    response = client.get(f"/api/v1/fairs/{fair.slug}")
    assert (dict(response.cookies), response["Vary"]) == ({}, "Accept-Encoding")
    assert response.content == ask(f"fairs/{fair.slug}").content


def test_the_document_in_the_repository_is_current() -> None:
    call_command("write_api_document", check=True)
    path = settings.ROOT / "docs/openapi.json"
    assert ask("openapi.json").json() == json.loads(path.read_text())


def test_the_page_documents_every_operation_and_shape_without_a_script() -> None:
    document = json.loads((settings.ROOT / "docs/openapi.json").read_text())
    page = Client().get("/api/v1/docs").content.decode().partition("<main")[2].partition("</main>")[0]
    assert re.findall(r">GET ([^<]*)<", page) == list(document["paths"])
    keys = [methods["get"]["operationId"] for methods in document["paths"].values()]
    shapes = sorted(document["components"]["schemas"])
    assert re.findall(r'<section class="[^"]*" id="([^"]*)"', page) == keys + shapes
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(shapes)
    assert "integer, at least 1, at most 100; 24 when left out" in page
    assert Client().get("/api/v1/")["Location"] == "/api/v1/docs"
