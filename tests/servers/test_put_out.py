"""Put out while the page is open: by a command in another terminal, beside the one process that serves the fair."""

import json
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.running_meetings import RunningMeeting, make_running_meetings
from tests.servers.serve import Server, Servers
from tests.webrtc_peers import SocketClient

CHANGES = {
    "session": "Session.objects.filter(session_key={sessions[buyer]!r}).delete()",
    "expired": "token('exhibitor').update(expires_at=timezone.now())",
    "revoked": "token('interpreter').delete()",
    "role": "RoleAssignment.objects.filter(user=token('organiser').get().user).update(role='liaison')",
}
COMMAND = """
from django.contrib.sessions.models import Session
from django.utils import timezone
from fairplatform.accounts.models import Token
from fairplatform.accounts.models.credentials import digest
from fairplatform.fairs.models import RoleAssignment

SECRETS = {tokens!r}


def token(name):
    return Token.objects.filter(digest=digest(SECRETS[name]))


"""


def by_session(server: Server, key: str) -> connect:
    headers = {"Cookie": f"sessionid={key}"}
    return connect(server.socket_url, origin=server.url, additional_headers=headers, compression=None)  # type: ignore[arg-type]


def by_token(server: Server, secret: str) -> connect:
    return connect(server.socket_url, additional_headers={"Authorization": f"Bearer {secret}"}, compression=None)


async def closed_with(client: SocketClient) -> int | None:
    await client.wire.wait_closed()
    return client.wire.close_code


async def on(server: Server, running: RunningMeeting, wire: ClientConnection, *more: str) -> SocketClient:
    """The socket, on the topic of the meeting and others."""
    client = SocketClient(wire)
    for topic in (f"meeting:{running.meeting}", *more):
        await client.send(topic, "join")
    return client


async def test_who_may_no_longer_stay_is_put_out_and_nobody_else(serve: Servers) -> None:
    server = serve("--no-clock", "--no-tasks")
    [running] = make_running_meetings(server, 3)
    meeting, monitor = f"meeting:{running.meeting}", f"monitor:{running.fair}"
    buyer = await on(server, running, await by_session(server, running.sessions["buyer"]))
    same = await on(server, running, await by_token(server, running.tokens["buyer"]))
    expired = await on(server, running, await by_token(server, running.tokens["exhibitor"]))
    other = await on(server, running, await by_session(server, running.sessions["exhibitor"]))
    revoked = await on(server, running, await by_token(server, running.tokens["interpreter"]))
    organiser = await on(server, running, await by_session(server, running.sessions["organiser"]), monitor)
    laid: dict[str, Any] = {"sessions": running.sessions, "tokens": running.tokens}
    server.manage("shell", "-v", "0", "-c", (COMMAND + "\n".join(CHANGES.values())).format(**laid))
    assert [await closed_with(client) for client in (buyer, expired, revoked)] == [4401] * 3
    await organiser.until(lambda: len([frame for frame in organiser.heard if frame["type"] == "left"]) == 2)
    left = {frame["topic"]: frame["code"] for frame in organiser.heard if frame["type"] == "left"}
    assert left == {meeting: "not_found", monitor: "not_permitted"}
    # What is said now is heard by those who may stay, and the organiser has their socket and no word of it.
    heard = len(organiser.heard)
    await same.send(meeting, "enter")
    await other.until(lambda: any(frame["type"] == "connection.entered" for frame in other.heard))
    await organiser.send(f"fair:{running.fair}", "join")
    assert json.dumps(organiser.heard[heard:]) == "[]"
    for client in (same, other, organiser):
        await client.close()
