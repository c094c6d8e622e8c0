"""Which open sockets may stay, checked for all sockets of a process in one query."""

import sqlite3
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.accounts.socket_auth import SocketIdentity, recheck
from fairplatform.server.token_bucket import TokenBucket
from tests.factories import make_person
from tests.realtime.client import session_of

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.db.sql")]
BUCKET = TokenBucket(1, 1)
TOO_MANY = 33_000  # for one statement


def of(user: User | AnonymousUser, session: str | None) -> SocketIdentity:
    return SocketIdentity(Actor(user), "en", BUCKET, session, getattr(user, "access_version", 0))


@pytest.fixture
def _as_sqlite_is_usually_built() -> Iterator[None]:
    """Distributions differ in how many parameters their SQLite takes."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    usual = connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 32_766)
    yield
    connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, usual)


@pytest.mark.usefixtures("_as_sqlite_is_usually_built")
def test_more_sockets_than_fit_into_one_statement_are_judged_all_the_same() -> None:
    first, last, out = make_person(), make_person(), make_person()
    staying = [of(first, session_of(first)), of(last, session_of(last)), of(AnonymousUser(), None)]
    signed_out = of(out, session_of(out) + "x")
    never = [of(User(pk=out.pk + 1 + n), f"none-{n}") for n in range(TOO_MANY)]
    verdicts = recheck([*staying[:1], *never, signed_out, *staying[1:]])
    assert verdicts == ["same", *["gone"] * TOO_MANY, "gone", "same", "same"]


def test_no_socket_costs_no_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert recheck([]) == []
        assert recheck([of(AnonymousUser(), None)]) == ["same"]
