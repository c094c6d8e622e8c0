"""People who write and files that arrive, as long as a block lasts; what was acknowledged, and when."""

import asyncio
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.operations.fairs import UPLOAD, Laid
from tests.servers.command import MANAGE, clean_environment
from tests.servers.programs import REPOSITORY
from tests.servers.serve import Server
from tests.webrtc_peers import SocketClient

PAUSE = 0.05


@dataclass
class Load:
    """What the server has acknowledged: the number of each message by its key, and the digests of files.

    `waits` are seconds from sending to acknowledgement, each with the moment (time.monotonic) it was sent.
    """

    messages: dict[str, int] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    waits: list[tuple[float, float]] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)

    def so_far(self) -> tuple[dict[str, int], list[str]]:
        return dict(self.messages), list(self.files)

    async def write(self, server: Server, topic: str, token: str, stop: threading.Event) -> None:
        client = await SocketClient.open(server.socket_url, token)
        await client.send(topic, "join")
        while not stop.is_set():
            key, sent = str(uuid.uuid4()), time.monotonic()
            answer = await client.send(topic, "message.post", client_id=key, body=f"words of {key}")
            self.messages[key] = answer["seq"]
            self.waits.append((sent, time.monotonic() - sent))
            await asyncio.sleep(PAUSE)
        await client.close()

    async def write_all(self, server: Server, laid: Laid, stop: threading.Event) -> None:
        async with asyncio.TaskGroup() as group:
            for token in laid.tokens:
                group.create_task(self.write(server, laid.topic, token, stop))

    def run(self, server: Server, laid: Laid, stop: threading.Event) -> None:
        try:
            asyncio.run(self.write_all(server, laid, stop))
        except BaseException as failure:  # noqa: BLE001 — a writer that was refused fails the test, in its own thread
            self.failures.append(failure)


@contextmanager
def load(server: Server, laid: Laid) -> Iterator[Load]:
    """Writers and an uploader at work; at the end they stop, and whoever of them was refused is raised."""
    made, stop = Load(), threading.Event()
    with _uploader(server, laid) as uploader:
        stdin, stdout = uploader.stdin, uploader.stdout
        assert stdin is not None and stdout is not None
        reader = threading.Thread(target=lambda: made.files.extend(line.strip() for line in stdout))
        writers = threading.Thread(target=made.run, args=(server, laid, stop))
        reader.start()
        writers.start()
        try:
            yield made
        finally:
            stop.set()
            writers.join(30)
            stdin.close()
            reader.join(30)
    assert (made.failures, uploader.returncode) == ([], 0)


def _uploader(server: Server, laid: Laid) -> "subprocess.Popen[str]":
    script = UPLOAD.replace("BOOTH", str(laid.booth))
    return subprocess.Popen(
        [*MANAGE, "shell", "--no-imports", "-c", script],
        cwd=REPOSITORY,
        env=clean_environment() | dict(server.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
