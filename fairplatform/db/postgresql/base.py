"""Django's PostgreSQL backend with bounded waits, for a server that is away or does not answer."""

import logging
import select
from time import monotonic
from typing import Any, ClassVar

import psycopg
from django.db.backends.postgresql import base
from psycopg.errors import _WaitTimeout

from fairplatform.db.circuit_breaker import DATABASE

FRESH = 1.0  # seconds since its last use in which a connection needs no query as a check
CHECK_TIMEOUT = 1.0  # seconds
CONNECT_TIMEOUT = 2.0  # seconds for finding a connection that works

# It logs each attempt of each connection; the circuit breaker logs that the server is away, once.
logging.getLogger("psycopg.pool").setLevel(logging.ERROR)


class BoundedConnection(psycopg.Connection[Any]):
    """Gives up on an answer after `patience` seconds (None: never, for commands that do long work)."""

    patience: float | None = None
    used_at = float("-inf")

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        timeout = self.patience if timeout is None else timeout
        try:
            return super().wait(gen, interval, timeout)
        except _WaitTimeout:
            # The answer may still come, and would be taken for that of the next query.
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer within {timeout} s") from None

    @property
    def works(self) -> bool:
        """Whether the server is still connected: by a query, unless the connection was used a moment ago."""
        if self.closed:
            return False
        poll = select.poll()
        poll.register(self.pgconn.socket, select.POLLIN)
        # No query is under way, so anything to read means that the server has closed the connection.
        if monotonic() - self.used_at < FRESH and not poll.poll(0):
            return True
        self.patience = CHECK_TIMEOUT
        try:
            self.execute("")
        except psycopg.Error:
            return False
        finally:
            del self.patience
        return True


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes connections of the pool that work. While the server is away, most fail at once."""

    served_at: ClassVar[float] = float("-inf")

    @property
    def pool(self) -> Any:
        if options := self.settings_dict["OPTIONS"].get("pool"):
            options.setdefault("connection_class", BoundedConnection)
        return super().pool

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        began = monotonic()
        if not DATABASE.allow():
            raise psycopg.OperationalError("PostgreSQL is away")
        try:
            connection = self._working(conn_params, until=began + CONNECT_TIMEOUT)
        except psycopg.OperationalError as failure:
            # If others got a connection meanwhile, the server is there, and only the pool was exhausted.
            if DatabaseWrapper.served_at < began:
                DATABASE.failure(failure)
            raise
        DatabaseWrapper.served_at = monotonic()
        DATABASE.success()
        return connection

    def _working(self, conn_params: dict[str, Any], *, until: float) -> Any:
        while True:
            connection = super().get_new_connection(conn_params)
            if self.pool is None or connection.works:
                return connection
            connection.close()
            self.pool.putconn(connection)
            if monotonic() > until:
                raise psycopg.OperationalError("no connection works")

    def _close(self) -> None:
        if isinstance(self.connection, BoundedConnection):
            self.connection.used_at = monotonic()
        super()._close()  # type: ignore[misc]
