"""From the press that confirms an outcome to the other side's screen, beside the acknowledgement of a message.

One server with nothing else to do. The other side has the page of the outcome open: its socket says that the outcome
has changed, and it asks for the page again, as the browser does. Medians over meetings, one after another.
"""

import asyncio
import http.client
import json
import statistics
import uuid
from collections.abc import Iterator
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect

from bench.processes import our_servers
from bench.table import Row, as_cheap_as, show
from tests.servers.serve import Server, Servers

MEETINGS, WARM, MOST = 60, 10, 3.0
SCRIPT = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from fairplatform.accounts.actor import Actor
from meetings.outcomes.actions import submit
from tests.factories import make_conversation, make_fair, make_slots
from tests.meetings.cases import make_case, order

def session_of(person):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return session.session_key

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
fair, now = make_fair(), timezone.now()
slot, cases = make_slots(fair)[0], []
for _ in range(MEETINGS):
    case = make_case(fair, slot)
    pk = case.meeting.pk
    outcome = submit(Actor(case.buyer), meeting=pk, content=order(), base=None, now=now)
    cases.append({
        "path": f"/fairs/{fair.slug}/meetings/{pk}/outcome/", "topic": f"meeting:{pk}",
        "chat": make_conversation(fair, [case.seller, case.buyer]).topic, "version": outcome.versions.get().pk,
        "seller": session_of(case.seller), "buyer": session_of(case.buyer),
    })
print(json.dumps(cases))
"""
CSRF = "a" * 32


class Side:
    """One of the two companies: a signed-in person with a persistent connection for pages."""

    def __init__(self, server: Server, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={CSRF}", "X-CSRFToken": CSRF, "Origin": server.url}

    def ask(self, path: str, fields: dict[str, Any] | None = None) -> bytes:
        """The page, or the answer to a form: 200, or 302 after a form."""
        form = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
        body = urlencode(fields) if fields else None
        self.connection.request("POST" if fields else "GET", path, body, {**self.headers, **form})
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status == (302 if fields else 200), (answer.status, content[:500])
        return content


class Heard:
    """The socket of one side, in a topic: commands are acknowledged, events arrive."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection, self.ref = connection, 0

    async def say(self, topic: str, kind: str, **fields: Any) -> None:
        """Returns when it is acknowledged."""
        self.ref += 1
        await self.connection.send(json.dumps({"ref": self.ref, "topic": topic, "type": kind, **fields}))
        await self.until("ref", self.ref)

    async def until(self, name: str, value: Any) -> None:
        async with asyncio.timeout(30):
            while (frame := json.loads(await self.connection.recv())).get(name) != value:
                pass
        assert frame["type"] != "refused", frame


async def times(server: Server, case: dict[str, Any]) -> tuple[float, float, float]:
    """Seconds until the other side hears of the confirmation, until it has the page, and of an acknowledgement."""
    seller, buyer = Side(server, case["seller"]), Side(server, case["buyer"])
    await asyncio.to_thread(buyer.ask, case["path"])
    await asyncio.to_thread(seller.ask, case["path"])
    headers = {"Cookie": f"sessionid={case['buyer']}"}
    async with connect(server.socket_url, additional_headers=headers, origin=server.url, compression=None) as opened:  # type: ignore[arg-type]
        heard = Heard(opened)
        for topic in (case["topic"], case["chat"]):
            await heard.say(topic, "join")
        began = perf_counter()
        await heard.say(case["chat"], "message.post", client_id=str(uuid.uuid4()), body="We agree to the order.")
        acknowledged, began = perf_counter() - began, perf_counter()
        fields = {"act": "confirm", "version": case["version"]}
        pressed = asyncio.create_task(asyncio.to_thread(seller.ask, case["path"], fields))
        await heard.until("type", "outcome.changed")
        told = perf_counter() - began
        page = await asyncio.to_thread(buyer.ask, case["path"])
        seen = perf_counter() - began
        assert b'data-state="agreed"' in page
        await pressed
    return told, seen, acknowledged


def medians(server: Server, cases: list[dict[str, Any]]) -> Iterator[float]:
    """In milliseconds."""
    measured = [asyncio.run(times(server, case)) for case in cases][WARM:]
    return (statistics.median(one) * 1000 for one in zip(*measured, strict=True))


def measure(servers: Servers) -> list[Row]:
    server = servers("--no-clock", "--no-tasks")
    try:
        printed = server.manage("shell", "--no-imports", "-v", "0", "-c", SCRIPT.replace("MEETINGS", str(MEETINGS)))
        told, seen, acknowledged = medians(server, json.loads(printed.splitlines()[-1]))
    finally:
        servers.stop()
    what, against = "outcome confirmed, the other side", "a message acknowledged"
    return [
        as_cheap_as(f"{what} hears of it", told, "ms", against, acknowledged, MOST),
        as_cheap_as(f"{what} has the page", seen, "ms", against, acknowledged),
    ]


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
