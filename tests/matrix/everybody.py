"""The small world with all of its people signed in, and what the database holds before and after they ask."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client

from fairplatform.policy import TABLE
from tests.matrix.routes import ROUTES, named_routes
from tests.matrix.world import PEOPLE, make_world

VIEWS = dict(named_routes())
READS = ("SELECT ", "SAVEPOINT ", "RELEASE ", "ROLLBACK ", "EXPLAIN ", "SHOW ", "SET ")


def permission_of(view: Any) -> str | None:
    while view is not None:
        if permission := getattr(view, "permission", None):
            return permission
        view = getattr(view, "__wrapped__", None)
    return None


class Everybody:
    """The small world, and all of its people signed in."""

    def __init__(self) -> None:
        self.world = make_world()
        self.clients = {name: Client() for name in PEOPLE}
        for name, client in self.clients.items():
            person = self.world.people[name]
            if not isinstance(person, AnonymousUser):
                client.force_login(person)
        self.labels = {model._meta.db_table: model._meta.label for model in apps.get_models()}
        # Without the words of SQLite's full-text indexes, which follow their rows.
        self.tables = sorted(self.labels)
        self.made = self.rows()

    def may(self, name: str, route: str) -> bool:
        """Whether the policy table opens the route to this person."""
        permission = permission_of(VIEWS[route])
        assert permission is not None
        return bool(TABLE[permission].roles & self.world.roles(name, ROUTES[route].thing))

    def request(self, name: str, method: str, address: str, fields: dict[str, Any]) -> Any:
        """One request, after which everybody's cookies are what they were."""
        client = self.clients[name]
        before = client.cookies.output()
        try:
            # A token counts in the API alone.
            secret = self.world.tokens.get(name)
            headers = {"Authorization": f"Bearer {secret}"} if secret else {}
            if method == "POST":
                return client.post(address, fields, headers=headers)
            return client.generic(method, address, headers=headers)
        finally:
            client.cookies = SimpleCookie()
            client.cookies.load(before.replace("Set-Cookie: ", ""))

    @contextmanager
    def writing(self) -> Iterator[list[str]]:
        """The statements executed in the block that may write. Most requests execute none."""
        written: list[str] = []

        def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if not sql.lstrip().upper().startswith(READS):
                written.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(watch):
            yield written

    def rows(self) -> dict[str, list[Any]]:
        """Every row of every model."""
        found = {}
        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                found[table] = cursor.fetchall()
        return found

    def changed(self, before: dict[str, list[Any]]) -> set[str]:
        after = self.rows()
        return {self.labels[table] for table in self.tables if before[table] != after[table]}
