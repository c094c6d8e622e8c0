"""The page of a hall of 60 booths for somebody signed in, from the content cache and rendered again.

CPU is the server's, for a whole request on a persistent connection; a list is rendered again for each content version.
"""

import http.client
import json
import sqlite3
from contextlib import closing

from bench.processes import cpu_seconds, our_servers, pid_of
from bench.table import Row, show
from tests.servers.serve import Server, Servers

MOST = 3.0  # ms
WARM_UP, CACHED, RENDERED = 40, 300, 40  # requests
FEW, HALL, MANY = 3, 60, 300  # booths
_MAKE = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_staff

def make_hall(booths):
    fair = make_fair(slug=f"hall-of-{booths}")
    for number in range(booths):
        exhibitor = make_exhibitor(fair)
        for product in range(4):
            make_product(exhibitor, f"Pliers {number}-{product}")
    person = make_staff(make_buyer(fair))
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return session.session_key

def queries(booths, session):
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/fairs/hall-of-{booths}/halls/1/").status_code == 200
    return len(captured)

with transaction.atomic():
    sessions = {booths: make_hall(booths) for booths in BOOTHS}
print(json.dumps([[booths, session, queries(booths, session)] for booths, session in sessions.items()]))
"""


class Reader:
    """Somebody signed in, with one persistent connection."""

    def __init__(self, server: Server, booths: int, session: str) -> None:
        self.pid = pid_of(server.program)
        self.database = server.data_dir / "fair.sqlite3"
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.path = f"/fairs/hall-of-{booths}/halls/1/"
        self.headers = {"Cookie": f"sessionid={session}", "Accept-Language": "ur", "Accept-Encoding": "gzip"}

    def read(self, times: int, *, is_changed: bool = False) -> float:
        """The server's CPU for one request, in ms; `is_changed`: with a new content version before each."""
        before = cpu_seconds(self.pid)
        for _ in range(times):
            if is_changed:
                self._change_content_version()
            self.connection.request("GET", self.path, headers=self.headers)
            response = self.connection.getresponse()
            assert (response.status, bool(response.read())) == (200, True)
        return (cpu_seconds(self.pid) - before) / times * 1e3

    def _change_content_version(self) -> None:
        """Writes to a table that every list shows, which makes all cached lists obsolete."""
        with closing(sqlite3.connect(self.database, timeout=30)) as database, database:
            database.execute("UPDATE fairs_hall SET number = number")


def measure(servers: Servers) -> list[Row]:
    server = servers("--no-clock", "--no-tasks", LOG_LEVEL="WARNING")
    script = _MAKE.replace("BOOTHS", f"({FEW}, {HALL}, {MANY})")
    halls = json.loads(server.manage("shell", "--no-imports", "-c", script).splitlines()[-1])
    queries = {booths: number for booths, _, number in halls}
    readers = {booths: Reader(server, booths, session) for booths, session, _ in halls}
    try:
        cached = {booths: reader.read(WARM_UP) and reader.read(CACHED) for booths, reader in readers.items()}
        rendered = {booths: reader.read(RENDERED, is_changed=True) for booths, reader in readers.items()}
    finally:
        servers.stop()
    numbers = f"{queries[FEW]}, {queries[HALL]} and {queries[MANY]}"
    return [
        *(_row(booths, cached[booths], rendered[booths]) for booths in (HALL, MANY)),
        Row(
            f"queries of halls of {FEW}, {HALL} and {MANY}",
            numbers,
            target="the same",
            met=len(set(queries.values())) == 1,
        ),
    ]


def _row(booths: int, cached: float, rendered: float) -> Row:
    what = f"hall of {booths} booths, signed in: CPU"
    against = f"rendered {rendered:.1f} ms"
    return Row(what, f"{cached:.2f} ms", against, cached / rendered, f"≤ {MOST:g} ms", cached <= MOST)


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
