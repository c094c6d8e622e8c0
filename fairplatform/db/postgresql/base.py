"""Django's PostgreSQL, which never lets anybody wait long for a database that is away or does not move."""

import logging
import select
from time import monotonic
from typing import Any, ClassVar

import psycopg
from django.db.backends.postgresql import base
from psycopg.errors import _WaitTimeout

from fairplatform.db.circuit_breaker import DATABASE

FRESH = 1.0  # seconds for which a connection that was used needs no check
CHECK = 1.0  # seconds a check may take
ALL_TRIES = 2.0  # seconds for finding a connection that works

# Its words about every try of every connection; `Outage` tells the whole.
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
            # Its answer may still come, and would be taken for the next one's.
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer within {timeout} s") from None

    @property
    def works(self) -> bool:
        """Whether the server is at the other end. A connection used a moment ago is asked only what costs nothing."""
        if self.closed:
            return False
        ends = select.poll()
        ends.register(self.pgconn.socket, select.POLLIN)
        # Nobody has asked anything: what waits to be read is a farewell.
        if monotonic() - self.used_at < FRESH and not ends.poll(0):
            return True
        self.patience = CHECK
        try:
            self.execute("")
        except psycopg.Error:
            return False
        finally:
            del self.patience
        return True


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections of the pool. While the server is away one caller a second finds out; all others fail at once."""

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
            connection = self._working(conn_params, until=began + ALL_TRIES)
        except psycopg.OperationalError as failure:
            # Where others were served meanwhile, only the pool is too small for so many at once.
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
