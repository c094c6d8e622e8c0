"""A session, token or role is revoked by a command in another terminal: the server closes the open sockets of it."""

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


async def close_code(client: SocketClient) -> int | None:
    await client.wire.wait_closed()
    return client.wire.close_code


async def joined(running: RunningMeeting, wire: ClientConnection, *more: str) -> SocketClient:
    """A socket that has joined the topic of the meeting, and others."""
    client = SocketClient(wire)
    for topic in (f"meeting:{running.meeting}", *more):
        await client.send(topic, "join")
    return client


async def test_sockets_whose_access_has_ended_are_closed_and_no_others(serve: Servers) -> None:
    server = serve("--no-clock", "--no-tasks")
    [running] = make_running_meetings(server, 3)
    meeting, monitor = f"meeting:{running.meeting}", f"monitor:{running.fair}"
    buyer = await joined(running, await by_session(server, running.sessions["buyer"]))
    same = await joined(running, await by_token(server, running.tokens["buyer"]))
    expired = await joined(running, await by_token(server, running.tokens["exhibitor"]))
    other = await joined(running, await by_session(server, running.sessions["exhibitor"]))
    revoked = await joined(running, await by_token(server, running.tokens["interpreter"]))
    organiser = await joined(running, await by_session(server, running.sessions["organiser"]), monitor)
    credentials: dict[str, Any] = {"sessions": running.sessions, "tokens": running.tokens}
    server.manage("shell", "-v", "0", "-c", (COMMAND + "\n".join(CHANGES.values())).format(**credentials))
    assert [await close_code(client) for client in (buyer, expired, revoked)] == [4401] * 3
    await organiser.until(lambda: len([frame for frame in organiser.received if frame["type"] == "left"]) == 2)
    left = {frame["topic"]: frame["code"] for frame in organiser.received if frame["type"] == "left"}
    assert left == {meeting: "not_found", monitor: "not_permitted"}
    # Later events reach those who may stay; the organiser still has a socket, and receives none of them.
    received = len(organiser.received)
    await same.send(meeting, "enter")
    await other.until(lambda: any(frame["type"] == "connection.entered" for frame in other.received))
    await organiser.send(f"fair:{running.fair}", "join")
    assert json.dumps(organiser.received[received:]) == "[]"
    for client in (same, other, organiser):
        await client.close()
