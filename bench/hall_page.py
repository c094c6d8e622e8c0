"""The page of a hall of 60 booths for somebody signed in, kept by edition, beside the same page made anew each time.

CPU is the server's, for the whole request over a kept connection; a list is made anew when the edition has moved on.
"""

import http.client
import json
import sqlite3
from contextlib import closing

from bench.processes import cpu_seconds, our_servers, pid_of
from bench.table import Row, show
from tests.servers.serve import Server, Servers

MOST = 3.0
WARM, ASKED, ANEW = 40, 300, 40
FEW, HALL, MANY = 3, 60, 300
_LAY = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_staff

def lay(booths):
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
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/fairs/hall-of-{booths}/halls/1/").status_code == 200
    return len(asked)

with transaction.atomic():
    sessions = {booths: lay(booths) for booths in BOOTHS}
print(json.dumps([[booths, session, queries(booths, session)] for booths, session in sessions.items()]))
"""


class Reader:
    """Somebody signed in, with one connection."""

    def __init__(self, server: Server, booths: int, session: str) -> None:
        self.pid = pid_of(server.program)
        self.database = server.data_dir / "fair.sqlite3"
        self.wire = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.path = f"/fairs/hall-of-{booths}/halls/1/"
        self.headers = {"Cookie": f"sessionid={session}", "Accept-Language": "ur", "Accept-Encoding": "gzip"}

    def read(self, times: int, *, anew: bool = False) -> float:
        """The server's CPU for one page, in ms."""
        before = cpu_seconds(self.pid)
        for _ in range(times):
            if anew:
                self._change_something()
            self.wire.request("GET", self.path, headers=self.headers)
            answer = self.wire.getresponse()
            assert (answer.status, bool(answer.read())) == (200, True)
        return (cpu_seconds(self.pid) - before) / times * 1e3

    def _change_something(self) -> None:
        """What every list may show, so that none of them is still of the present edition."""
        with closing(sqlite3.connect(self.database, timeout=30)) as database, database:
            database.execute("UPDATE fairs_hall SET number = number")


def measure(servers: Servers) -> list[Row]:
    server = servers("--no-clock", "--no-tasks", LOG_LEVEL="WARNING")
    lay = _LAY.replace("BOOTHS", f"({FEW}, {HALL}, {MANY})")
    laid = json.loads(server.manage("shell", "--no-imports", "-c", lay).splitlines()[-1])
    queries = {booths: asked for booths, _, asked in laid}
    readers = {booths: Reader(server, booths, session) for booths, session, _ in laid}
    try:
        kept = {booths: reader.read(WARM) and reader.read(ASKED) for booths, reader in readers.items()}
        anew = {booths: reader.read(ANEW, anew=True) for booths, reader in readers.items()}
    finally:
        servers.stop()
    asked = f"{queries[FEW]}, {queries[HALL]} and {queries[MANY]}"
    return [
        *(_beside(booths, kept[booths], anew[booths]) for booths in (HALL, MANY)),
        Row(
            f"queries of halls of {FEW}, {HALL} and {MANY}",
            asked,
            target="the same",
            met=len(set(queries.values())) == 1,
        ),
    ]


def _beside(booths: int, kept: float, anew: float) -> Row:
    what = f"hall of {booths} booths, signed in: CPU"
    return Row(what, f"{kept:.2f} ms", f"made anew {anew:.1f} ms", kept / anew, f"≤ {MOST:g} ms", kept <= MOST)


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
