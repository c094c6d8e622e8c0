"""Every route × everybody, against the policy table."""

import pytest
from asgiref.sync import sync_to_async
from channels.testing import HttpCommunicator
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.urls import reverse

from fairplatform.asgi import application
from fairplatform.policy import TABLE, Role
from fairplatform.vitals.probes import PROBES
from tests.matrix.routes import ROUTES, named_routes
from tests.matrix.world import PEOPLE, World, make_world
from tests.realtime.client import cookie, session_of

pytestmark = pytest.mark.either

# What a page may answer to somebody it is open to: shown, done and on to the next, or refused for what was typed,
# for the time, or for the state — never for who is asking.
DONE = {200, 302, 400, 404, 409, 422}
VIEWS = dict(named_routes())


def permission_of(view) -> str | None:
    while view is not None:
        if permission := getattr(view, "permission", None):
            return permission
        view = getattr(view, "__wrapped__", None)
    return None


def test_every_route_names_a_row_of_the_table() -> None:
    unnamed = [name for name, view in VIEWS.items() if permission_of(view) not in TABLE]
    assert unnamed == []


def test_every_route_stands_in_the_matrix() -> None:
    assert sorted(VIEWS) == sorted(ROUTES)


def expected(world: World, name: str, thing: str | None, permission: str) -> set[int] | str:
    """The allowed answers, or "sign in" for visitors who must do that first."""
    row = TABLE[permission]
    roles = world.roles(name, thing)
    if row.roles & roles:
        return DONE - {404} if thing else DONE
    if name in ("anonymous", "deactivated"):
        return "sign in"
    return {403} if roles else {404}


def answer(world: World, name: str, address: str):
    client = Client(raise_request_exception=True)
    person = world.people[name]
    if not isinstance(person, AnonymousUser):
        client.force_login(person)
    got = client.get(address)
    return client.post(address) if got.status_code == 405 else got


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(ROUTES))
def test_route_is_open_to_exactly_those_the_table_names(route: str) -> None:
    world = make_world()
    thing, arguments = ROUTES[route]
    permission = permission_of(VIEWS[route])
    address = reverse(route, args=arguments(world))
    wrong = {}
    for name in PEOPLE:
        allowed = expected(world, name, thing, permission)
        mark = transaction.savepoint()
        got = answer(world, name, address)
        transaction.savepoint_rollback(mark)
        to_sign_in = got.status_code == 302 and got["Location"].startswith(reverse("account_login"))
        right = to_sign_in if allowed == "sign in" else not to_sign_in and got.status_code in allowed
        if not right:
            wrong[name] = (got.status_code, allowed)
    assert wrong == {}


def test_every_role_of_the_table_is_held_by_somebody(db) -> None:
    world = make_world()
    things = [None, *world.things]
    held = {role for name in PEOPLE for thing in things for role in world.roles(name, thing)}
    assert held >= {role for row in TABLE.values() for role in row.roles} - {Role.SELF}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/readyz", 503), ("/metrics", 404)])
async def test_probe_answers_everybody_alike(path: str, status: int) -> None:
    """What stands before Django asks nobody who he is: an organiser from elsewhere sees no more than a visitor."""
    world = await sync_to_async(make_world)()
    answers = {}
    for name in PEOPLE:
        person = world.people[name]
        known = not isinstance(person, AnonymousUser)
        headers = [cookie(await sync_to_async(session_of)(person))] if known else []
        wire = HttpCommunicator(application, "GET", path, headers=[(b"host", b"localhost"), *headers])
        wire.scope["client"] = ["198.51.100.7", 4711]
        answers[name] = (await wire.get_response(timeout=5))["status"]
    assert answers == dict.fromkeys(PEOPLE, status)


def test_every_probe_stands_here() -> None:
    assert list(PROBES) == ["/healthz", "/readyz", "/metrics"]
