"""Every route × every method × everybody, against the policy table: what is answered, and what is other afterwards."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import resolve, reverse

from fairplatform.policy import TABLE, Role
from tests.matrix.api_routes import API_DATA, API_WITH_TOKEN
from tests.matrix.everybody import VIEWS, Everybody, permission_of
from tests.matrix.route_rows import Done
from tests.matrix.routes import ROUTES
from tests.matrix.world import PEOPLE, World, make_world

pytestmark = pytest.mark.either

STRANGERS = ("anonymous", "deactivated")
SIGN_IN, NOT_ALLOWED, HIDDEN, SHUT = Done("account_login"), Done(403), Done(404), Done(405)
TOKEN_NEEDED = Done(401)
# Tables written as a consequence of a change: notices and log rows. Refused requests must not write to them either.
FOLLOWS = {
    "accounts.AuditEntry", "django_tasks_database.DBTaskResult", "edition.Counter", "notices.Notice",
    "realtime.TopicVersion",
}  # fmt: skip


def methods_of(route: str) -> set[str]:
    return {act.partition(" ")[0] for act in ROUTES[route].acts}


CELLS = [
    (route, act) for route in ROUTES for act in (*ROUTES[route].acts, *sorted({"GET", "POST"} - methods_of(route)))
]


def test_every_route_names_a_row_of_the_table() -> None:
    unnamed = [name for name, view in VIEWS.items() if permission_of(view) not in TABLE]
    assert unnamed == []


def test_every_route_is_in_the_matrix() -> None:
    assert sorted(VIEWS) == sorted(ROUTES)


def expected(world: World, name: str, route: str, act: str) -> Done:
    """The result of this person's request by the policy table."""
    thing, _, acts = ROUTES[route]
    if act not in acts:
        return SHUT
    permission = permission_of(VIEWS[route])
    assert permission is not None
    roles = world.roles(name, thing)
    if not TABLE[permission].roles & roles:
        asked_in = TOKEN_NEEDED if route in API_WITH_TOKEN else SIGN_IN
        return asked_in if name in STRANGERS else NOT_ALLOWED if roles else HIDDEN
    wanted = acts[act]
    if wanted.row and not TABLE[wanted.row].roles & roles:
        return wanted.refused
    return wanted.others.get(name, wanted.done)


def led(got: Any, address: str) -> int | str:
    """The status, or where the answer leads: to sign in and come back, or on to a page of the program."""
    if got.status_code != 302 or got["Location"].startswith("/static/"):
        return got.status_code
    path, _, query = got["Location"].partition("#")[0].partition("?")
    name = resolve(path).view_name
    return name if query == (urlencode({"next": address}) if name == SIGN_IN.answer else "") else got["Location"]


def outcome(everybody: Everybody, name: str, route: str, act: str, address: str = "") -> Done:
    world = everybody.world
    address = address or reverse(route, args=ROUTES[route].arguments(world))
    cache.clear()  # there are more routes than forms that somebody may send within a minute
    mark = transaction.savepoint()
    try:
        with everybody.writing() as prepared:
            fields = ROUTES[route].acts[act].fields(world) if act in ROUTES[route].acts else {}
        before = everybody.rows() if prepared else everybody.made
        with everybody.writing() as written:
            got = everybody.request(name, act.partition(" ")[0], address, fields)
        changed = everybody.changed(before) if written else set()
        return Done(led(got, address), tuple(sorted(changed)))
    finally:
        transaction.savepoint_rollback(mark)


def plain(done: Done, wanted: Done) -> Done:
    """Without what only follows from what was wanted: nothing follows where nothing was to be other."""
    follows = FOLLOWS - set(wanted.changes) if wanted.changes else set()
    return Done(done.answer, tuple(sorted(set(done.changes) - follows)))


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "act"), CELLS, ids=[f"{route} {act}" for route, act in CELLS])
def test_the_result_of_a_request_is_that_of_the_policy_table(everybody: Everybody, route: str, act: str) -> None:
    wrong = {}
    for name in PEOPLE:
        wanted = expected(everybody.world, name, route, act)
        wanted = Done(wanted.answer, tuple(sorted(wanted.changes)))
        got = plain(outcome(everybody, name, route, act), wanted)
        if got != wanted:
            wrong[name] = (got, wanted)
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused_to_everybody(everybody: Everybody, method: str) -> None:
    people = ("anonymous", "seller", "organiser")
    got = {(route, name): outcome(everybody, name, route, method) for route in ROUTES for name in people}
    # The data of the API says by which methods it is read, and may be asked for its head alone, as a file may.
    heads = ["files:file", "files:picture", *API_DATA]
    answers = {"HEAD": dict.fromkeys(heads, Done()), "OPTIONS": dict.fromkeys(API_DATA, Done(204))}
    with_token = {"anonymous": TOKEN_NEEDED, "seller": NOT_ALLOWED}
    allowed = {(route, name): done for route, done in answers.get(method, {}).items() for name in people}
    if method == "PUT":  # parts of an upload
        parts = {"anonymous": SIGN_IN, "seller": Done(409), "organiser": HIDDEN}
        allowed |= {("files:upload", name): done for name, done in parts.items()}
    if method == "HEAD":
        allowed |= {(route, name): done for route in API_WITH_TOKEN for name, done in with_token.items()}
    assert {cell: done for cell, done in got.items() if done != SHUT} == allowed


@pytest.mark.django_db
def test_nothing_of_one_fair_is_shown_in_another(everybody: Everybody) -> None:
    """Under another fair's address a thing does not exist, not even for who may do everything with it."""
    world, got = everybody.world, {}
    for route, (_thing, arguments, acts) in ROUTES.items():
        if arguments(world)[:1] != [world.fair.slug] or len(arguments(world)) == 1:
            continue
        address = reverse(route, args=[world.foreign.slug, *arguments(world)[1:]])
        for act in acts:
            for name in ("seller", "buyer", "other_buyer", "interpreter", "organiser", "foreign_organiser"):
                got[route, act, name] = outcome(everybody, name, route, act, address)
    # The office's rows are looked for once the fair has let somebody in: its organiser finds none of another fair.
    shut = {
        cell for cell, done in got.items()
        if done == NOT_ALLOWED and ROUTES[cell[0]].thing == "fair" and cell[2] != "foreign_organiser"
    }  # fmt: skip
    # Each fair has a hall 1 of its own, and its report as a file.
    other = {cell: done for cell, done in got.items() if done != HIDDEN and cell not in shut}
    assert {route for route, _, _ in other} == {"booths:hall", "report:download"}
    assert len(got) > 100


def test_every_role_of_the_table_is_held_by_somebody(db: None) -> None:
    world = make_world()
    things = [None, *world.things]
    held = {role for name in PEOPLE for thing in things for role in world.roles(name, thing)}
    assert held >= {role for row in TABLE.values() for role in row.roles} - {Role.SELF}
