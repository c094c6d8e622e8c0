"""What is said of every state and answered to every form is in its reader's language: no sentence is untranslated."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from fairplatform.accounts import allauth_urls
from fairplatform.accounts.actor import Actor
from fairplatform.i18n.error_pages import unavailable_page
from fairplatform.pages.errors import failed
from meetings.models import Meeting, MeetingRequest
from meetings.outcomes.actions import draft, submit, withdraw
from meetings.outcomes.content import Content
from tests.factories import NOW
from tests.matrix.everybody import Everybody
from tests.matrix.reading import addresses, look
from tests.matrix.routes import ROUTES
from tests.matrix.world import World
from tests.page_language import language_faults
from tests.sizes import full

UNREADABLE = {"kind": "order", "amount": "1/2/3", "hs_code": "1", "months": "0"}
AT_THE_TABLE = ("seller", "clerk", "buyer", "interpreter", "organiser")
TRANSLATED = ("zh-hans", "ur")
ORDER = Content(kind="order", goods="Pliers", hs_code="820320", quantity="3000", amount_minor=3_150_000, currency="USD")
CONTACT = Content(kind="contact", next_step="sample", next_step_on=NOW.date())


def _states(*contents: tuple[str, Content]) -> Callable[[World], None]:
    def act(world: World) -> None:
        version = None
        for name, terms in contents:
            outcome = submit(
                Actor(world.person(name)), meeting=world.things["meeting"].pk, base=version, content=terms, now=NOW
            )
            version = outcome.versions.last().pk

    return act


def _drafted(world: World) -> None:
    draft(Actor(world.person("interpreter")), meeting=world.things["meeting"].pk, content=ORDER, now=NOW)


def _withdrawn(world: World) -> None:
    seller, meeting = Actor(world.person("seller")), world.things["meeting"].pk
    submit(seller, meeting=meeting, base=None, content=ORDER, now=NOW)
    withdraw(seller, meeting=meeting, now=NOW)


def _set(model: Any, thing: str, **fields: Any) -> Callable[[World], None]:
    return lambda world: model.objects.filter(pk=world.things[thing].pk).update(**fields)


STATES: dict[str, Callable[[World], None]] = {
    "drafted": _drafted,
    "stated": _states(("seller", ORDER)),
    "withdrawn": _withdrawn,
    "differing": _states(("seller", ORDER), ("buyer", CONTACT)),
    "agreed": _states(("seller", ORDER), ("buyer", ORDER)),
    "held": _set(Meeting, "meeting", state="held", held_at=NOW),
    "cancelled": _set(Meeting, "ahead", state="cancelled", cancelled_because="延误"),
    **{f"missed: {why}": _set(Meeting, "meeting", state="missed", missed_because=why) for why in Meeting.Missed.values},
    **{f"request {kind}": _set(MeetingRequest, "request", state=kind) for kind in MeetingRequest.State.values},
}
# The pages that show these states, and to whom.
OF_MEETINGS = (
    "meetings:meeting",
    "meetings:outcome",
    "meetings:room",
    "meetings:day",
    "meetings:cancel",
    "control_room:control",
)
OF_REQUESTS = ("meetings:requests", "meetings:day", "meetings:request_make")
TOLD_OF_MEETINGS = ("seller", "buyer", "interpreter", "organiser")
TOLD_OF_REQUESTS = ("seller", "other_buyer", "organiser")


@pytest.mark.django_db
@pytest.mark.parametrize("name", STATES)
def test_every_state_of_meetings_outcomes_and_requests(everybody: Everybody, name: str) -> None:
    is_request = name.startswith("request")
    routes, told = (OF_REQUESTS, TOLD_OF_REQUESTS) if is_request else (OF_MEETINGS, TOLD_OF_MEETINGS)
    with transaction.atomic():
        STATES[name](everybody.world)
        pages = [address for route in routes for address in addresses(everybody.world, route).values()]
        cells = list(product(told, pages))
        found = {cell: language_faults(look(everybody, *cell, "ur"), "ur") for cell in cells}
        transaction.set_rollback(True)
    assert {cell: wrong for cell, wrong in found.items() if wrong} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("language", TRANSLATED)
def test_what_every_form_answers(everybody: Everybody, language: str) -> None:
    """Sent as it should not be, and as it should; in `make test` half of it in each language, in turns."""
    world, found, refused = everybody.world, {}, 0
    for (route, what), name in product(ROUTES.items(), AT_THE_TABLE):
        for act in (act for method, act in what.acts.items() if method.startswith("POST")):
            cache.clear()  # there are more forms than somebody may send within a minute
            sent = (lambda world: {"hidden": ""}, lambda world: UNREADABLE, act.fields)
            for turn, fields in enumerate(sent, start=AT_THE_TABLE.index(name)):
                if not full(True, small=TRANSLATED[turn % 2] == language):
                    continue
                with transaction.atomic():
                    address = reverse(route, args=what.arguments(world))
                    answer = look(everybody, name, address, language, fields(world))
                    where = answer.headers.get("Location", "")
                    shown = look(everybody, name, where, language) if where.startswith("/fairs/") else answer
                    transaction.set_rollback(True)
                refused += answer.status_code == 409
                if wrong := language_faults(shown, language):
                    found[name, address, answer.status_code] = wrong
                if not everybody.may(name, route):
                    break  # and is told so, whatever it is
    assert found == {}
    assert refused > 20


@pytest.mark.django_db
@pytest.mark.parametrize("language", TRANSLATED)
def test_pages_of_signing_in(everybody: Everybody, language: str) -> None:
    client = Client(enforce_csrf_checks=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    found = {}
    for pattern in allauth_urls.urlpatterns:
        address = reverse(pattern.name, args=["1", "2-3"] if pattern.pattern.regex.groups else [])
        for fields in (None, {"hidden": ""}, {"login": "nobody@firm.example", "password": "wrong", "email": "nobody"}):
            answer = client.get(address, follow=True) if fields is None else client.post(address, fields, follow=True)
            if wrong := language_faults(answer, language):
                found[address, str(fields)] = wrong
    assert found == {}


@pytest.mark.django_db
@pytest.mark.parametrize("language", TRANSLATED)
def test_pages_for_what_went_wrong(everybody: Everybody, language: str, rf: Any) -> None:
    stale = Client(enforce_csrf_checks=True)
    stale.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with translation.override(language):
        pages = {
            403: stale.post("/notices/read/"),
            404: look(everybody, "visitor", "/nowhere/", language),
            500: failed(rf.get("/")),
            503: unavailable_page(),
        }
    assert {status: (answer.status_code, language_faults(answer, language)) for status, answer in pages.items()} == {
        status: (status, []) for status in pages
    }
