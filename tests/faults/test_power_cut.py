"""The server killed with -9 while people write and book: what was acknowledged is there, once, and without a gap."""

import asyncio
import json
import uuid

from websockets.exceptions import WebSocketException

from tests.peers import RefusedFrame, SocketClient
from tests.servers.serve import Server, Servers

CUTS = 3
WRITERS = 4
_LAY = """
import json
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from chat.actions import open_conversation
from fairplatform.accounts.models import Token
from tests.factories import make_fair, make_person

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
fair = make_fair()
people = [make_person() for _ in range(WRITERS)]
conversation = open_conversation(fair=fair, people=people)
rows, end = ["conversation.read", "conversation.write"], timezone.now() + timedelta(hours=1)
tokens = [Token.issue(person, fair=fair, permissions=rows, expires_at=end)[1] for person in people]
print(json.dumps({"topic": conversation.topic, "tokens": tokens}))
"""
_READ = """
import json
from chat.models import Message
from fairplatform.realtime.models import TopicVersion
from django.db import connection
rows = [[m.seq, str(m.client_id), m.body] for m in Message.objects.order_by("seq")]
with connection.cursor() as cursor:
    cursor.execute("PRAGMA integrity_check")
    whole = cursor.fetchone()[0]
print(json.dumps({"rows": rows, "whole": whole, "newest": TopicVersion.objects.get(topic="TOPIC").version}))
"""


async def write(server: Server, topic: str, token: str, acknowledged: dict[str, int], name: str) -> None:
    """Writes as fast as the limits allow until the server is gone; keeps what was acknowledged."""
    client = await SocketClient.open(server.socket_url, token)
    await client.send(topic, "join")
    for number in range(10_000):
        key = str(uuid.uuid4())
        try:
            answer = await client.send(topic, "message.post", client_id=key, body=f"{name} {number}")
        except (WebSocketException, TimeoutError, RefusedFrame, OSError):
            return
        acknowledged[key] = answer["seq"]
        await asyncio.sleep(0.06)


async def write_until_the_cut(server: Server, laid: dict, acknowledged: dict[str, int], cut: int) -> None:
    writers = [
        asyncio.create_task(write(server, laid["topic"], token, acknowledged, f"{cut}/{n}"))
        for n, token in enumerate(laid["tokens"])
    ]
    async with asyncio.timeout(60):
        while len(acknowledged) < 25 * (cut + 1):  # noqa: ASYNC110 — any of the writers may be the one
            await asyncio.sleep(0.05)
    server.kill()
    for writer in writers:
        writer.cancel()
    await asyncio.gather(*writers, return_exceptions=True)


def test_no_acknowledged_message_is_lost_and_no_number_doubled(serve: Servers) -> None:
    server = serve("--no-tasks")
    laid = json.loads(server.manage("shell", "-v", "0", "-c", _LAY.replace("WRITERS", str(WRITERS))))
    acknowledged: dict[str, int] = {}
    for cut in range(CUTS):
        asyncio.run(write_until_the_cut(server, laid, acknowledged, cut))
        server.start()
    kept = json.loads(server.manage("shell", "-v", "0", "-c", _READ.replace("TOPIC", laid["topic"])))
    numbers = [seq for seq, _, _ in kept["rows"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert kept["newest"] == len(numbers)
    assert kept["whole"] == "ok"
    stored = {client_id: seq for seq, client_id, _ in kept["rows"]}
    assert {key: stored.get(key) for key in acknowledged} == acknowledged
    assert len(acknowledged) >= 25 * CUTS
