"""Security headers of every page, CSRF tokens of every form, and what remains on a shared computer."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts import allauth_urls
from fairplatform.accounts.models import PersonalLink, User
from tests.factories import make_paper, make_person
from tests.matrix.api_routes import API_DATA
from tests.matrix.routes import ROUTES, named_routes
from tests.matrix.test_caching import NEVER, PAGE
from tests.matrix.world import World, make_world

pytestmark = pytest.mark.django_db
PASSWORD = "long enough 42"
CSP = {
    "default-src": "'self'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data: blob:",
    "media-src": "'self' blob: mediastream:", "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'",
    "frame-ancestors": "'none'",
}  # fmt: skip
# Answered by the program with headers of their own: bytes that somebody uploaded.
FILES = ("files:file", "files:picture")
# They refuse as the API does, with a problem in JSON.
API_PAGES = {"api:api-root", "api:docs"}


@pytest.fixture
def world() -> World:
    return make_world()


def addresses(world: World) -> Iterator[tuple[str, str]]:
    for name, route in ROUTES.items():
        yield name, reverse(name, args=route.arguments(world))
    for pattern in allauth_urls.urlpatterns:
        arguments = ["1", "no-such-key"] if pattern.pattern.regex.groups else []
        yield str(pattern.name), reverse(str(pattern.name), args=arguments)
    yield "nowhere", "/nowhere/"


def signed_in(world: World, name: str, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    client.force_login(world.people[name])
    return client


def directives(header: str) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in header.split(";") if part.strip()]
    return {name: value for name, _, value in parts}


def test_every_response_has_a_content_security_policy_and_forbids_framing(world: World) -> None:
    client, policies = signed_in(world, "seller"), {}
    for name, address in addresses(world):
        answer = client.get(address)
        policies[name] = directives(answer["Content-Security-Policy"])
        assert answer["X-Frame-Options"] == "DENY", name
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert answer["Referrer-Policy"] == "same-origin", name
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert "camera=(self)" in answer["Permissions-Policy"] and "geolocation=()" in answer["Permissions-Policy"]
    sandbox = {"default-src": "'none'", "style-src": "'unsafe-inline'", "sandbox": ""}
    assert [policies.pop(name) for name in FILES] == [sandbox, sandbox]
    sockets = {"connect-src": f"'self' {settings.PUBLIC_URL.replace('http', 'ws', 1)}"}
    assert policies == dict.fromkeys(policies, CSP | sockets)


def test_no_page_has_script_or_style_of_its_own(world: World) -> None:
    for who in ("seller", "buyer", "organiser"):
        client = signed_in(world, who)
        for name, address in addresses(world):
            answer = client.get(address)
            if not answer.get("Content-Type", "").startswith("text/html"):
                continue
            text = answer.text
            assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", text) == [], (who, name)
            assert [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag] == [], (who, name)
            loaded = re.findall(r'<(?:script|img|link|iframe|source)[^>]*?(?:src|href)="([^"]+)"', text)
            assert [url for url in loaded if re.match(r"(https?:)?//", url)] == [], (who, name)


@pytest.mark.parametrize("secure", [True, False])
def test_over_https_browsers_come_by_https_alone(settings: Any, secure: bool) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    answer = Client().get("/robots.txt", secure=secure)
    assert answer.headers.get("Strict-Transport-Security") == ("max-age=31536000" if secure else None)


def test_a_fair_on_https_asks_for_it_by_its_settings() -> None:
    """As the program reads them when it starts; nobody has to think of them."""
    names = [
        "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
        "ALLOWED_HOSTS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME",
    ]  # fmt: skip
    script = f"from fairplatform import settings as s; print([getattr(s, name) for name in {names}])"
    env = os.environ | {"PUBLIC_URL": "https://fair.example", "SECRET_KEY": "x" * 50, "EMAIL_URL": "smtp://mail:25"}
    run = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    cookies = "'__Host-sessionid', '__Host-csrftoken', '__Host-django_language'"
    assert run.stdout.strip() == f"[31536000, True, True, True, ['fair.example'], {cookies}]"


def test_cookies_are_for_the_server_alone_and_by_https_where_there_is_one(settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    person, client = make_person(password=PASSWORD), Client()
    client.get(reverse("account_login"), secure=True)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}, secure=True)
    client.post(reverse("language:choose"), {"language": "ur"}, secure=True)
    cookies = {name: (bool(c["secure"]), bool(c["httponly"]), c["samesite"]) for name, c in client.cookies.items()}
    assert cookies.pop(settings.LANGUAGE_COOKIE_NAME) == (True, False, "Lax")
    cookies.pop("messages", None)
    assert cookies == dict.fromkeys(
        [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "known_browser"], (True, True, "Lax")
    )


def every_route() -> Iterator[tuple[str, Any]]:
    yield from named_routes()
    for pattern in allauth_urls.urlpatterns:
        yield str(pattern.name), pattern.callback


def test_every_route_that_takes_a_form_refuses_one_from_elsewhere(world: World) -> None:
    """Taken from the addresses themselves, so that a new one is covered as soon as it is there."""
    refused, taken = set[str](), set[tuple[str, int]]()
    for who in ("seller", "buyer", "organiser", "anonymous"):
        free = Client(raise_request_exception=False) if who == "anonymous" else signed_in(world, who)
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
        strict.cookies = free.cookies
        for name, address in addresses(world):
            answer = strict.post(address, {"language": "ur", "body": "x"})
            if answer.status_code == 403 and ("This form has expired" in answer.text or name in API_PAGES):
                refused.add(name)
            elif answer.status_code not in (404, 405):
                taken.add((name, answer.status_code))
    assert taken == set()
    # The data of the API are only read.
    assert refused == {name for name, _ in every_route()} - set(API_DATA)
    exempt = [name for name, view in every_route() if getattr(view, "csrf_exempt", False)]
    assert sorted(exempt) == sorted(API_DATA)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "localhost@evil.example"]
)
def test_a_foreign_host_is_answered_nothing_that_names_it(host: str) -> None:
    for address in ("/", reverse("account_login"), "/nowhere/"):
        answer = Client(raise_request_exception=False).get(address, HTTP_HOST=host)
        assert answer.status_code == 400
        assert "evil" not in answer.text


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_signing_in_leads_to_no_other_host(target: str) -> None:
    person = make_person(password=PASSWORD)
    for address, data in (
        (f"{reverse('account_login')}?next={target}", {}),
        (reverse("account_login"), {"next": target}),
    ):
        answer = Client().post(address, {"login": person.email, "password": PASSWORD, **data})
        assert answer.status_code == 302
        assert answer["Location"] == "/arrival/"
    inside = Client().post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": "/notices/"})
    assert inside["Location"] == "/notices/"


def test_the_key_of_a_session_is_another_after_signing_in() -> None:
    person = make_person(password=PASSWORD)
    _, secret, code = PersonalLink.issue(person, now=timezone.now())
    for address, data in (
        (reverse("account_login"), {"login": person.email, "password": PASSWORD}),
        (reverse("accounts:enter", args=[secret]), {"code": code}),
    ):
        client = Client()
        before = client.session
        before["planted"] = "by somebody else"
        before.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(before.session_key)
        assert client.post(address, data).status_code == 302
        after = client.session
        assert after["_auth_user_id"] == str(person.pk)
        assert after.session_key != before.session_key
        stranger = Client()
        stranger.cookies[settings.SESSION_COOKIE_NAME] = str(before.session_key)
        assert "_auth_user_id" not in stranger.session


def test_a_file_reveals_nothing_to_those_who_may_not_read_it(world: World) -> None:
    paper = make_paper(world.things["conversation"])
    address = reverse(FILES[0], args=[paper.pk])
    seen = signed_in(world, "buyer").get(address)
    known = {"If-None-Match": seen["ETag"], "If-Modified-Since": seen["Last-Modified"]}
    assert signed_in(world, "buyer").get(address, headers=known).status_code == 304
    for headers in (known, {"If-None-Match": "*"}, {"Range": "bytes=0-1"}, {}):
        for client in (signed_in(world, "rival"), signed_in(world, "organiser"), Client()):
            answer = client.get(address, headers=headers)
            assert answer.status_code == 404
            assert "ETag" not in answer and "Content-Range" not in answer and "prices" not in answer.text


def test_on_a_shared_computer_nothing_of_one_person_is_served_to_the_next(world: World) -> None:
    world.people["buyer"].set_password(PASSWORD)
    world.people["buyer"].save()
    client = signed_in(world, "seller")
    pages = [address for name, address in addresses(world) if name in ROUTES and name not in FILES]
    answers = [client.get(address) for address in pages]
    shown = [answer for answer in answers if (answer.status_code, answer["Content-Type"][:9]) == (200, "text/html")]
    assert {answer["Cache-Control"] for answer in shown} == {PAGE, NEVER}
    old = client.cookies[settings.SESSION_COOKIE_NAME].value
    left = client.post(reverse("account_logout"))
    assert left["Clear-Site-Data"] == '"cache"'
    again = Client(raise_request_exception=False)
    again.cookies[settings.SESSION_COOKIE_NAME] = old
    assert again.get(reverse("notices:notices")).status_code == 302
    client.post(reverse("account_login"), {"login": world.people["buyer"].email, "password": PASSWORD})
    texts = [client.get(address).text for address in pages]
    named = {person for text in texts for person in re.findall(r'data-person="(\d+)"', text)}
    assert named == {str(world.people["buyer"].pk)}
    seller = User.objects.get(pk=world.people["seller"].pk)
    assert [text for text in texts if str(seller.email) in text] == []
