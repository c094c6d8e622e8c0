"""Load on a server: people who write and a process that uploads files, while a block runs."""

import asyncio
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.operations.small_fair import UPLOAD, SmallFair
from tests.servers.command import MANAGE, clean_environment
from tests.servers.programs import REPOSITORY
from tests.servers.serve import Server
from tests.webrtc_peers import SocketClient

PAUSE = 0.05


@dataclass
class Load:
    """What the server has acknowledged: the number of each message by its client id, and the digests of files.

    `waits`: for each message when it was sent (time.monotonic) and the seconds until its acknowledgement.
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

    async def write_all(self, server: Server, fair_data: SmallFair, stop: threading.Event) -> None:
        async with asyncio.TaskGroup() as group:
            for token in fair_data.tokens:
                group.create_task(self.write(server, fair_data.topic, token, stop))

    def run(self, server: Server, fair_data: SmallFair, stop: threading.Event) -> None:
        try:
            asyncio.run(self.write_all(server, fair_data, stop))
        except BaseException as failure:  # noqa: BLE001 — raised in the thread of the test
            self.failures.append(failure)


@contextmanager
def load(server: Server, fair_data: SmallFair) -> Iterator[Load]:
    """Runs the load; stops it at the end of the block. Fails if a writer was refused or the uploader failed."""
    traffic, stop = Load(), threading.Event()
    with _uploader(server, fair_data) as uploader:
        stdin, stdout = uploader.stdin, uploader.stdout
        assert stdin is not None and stdout is not None
        reader = threading.Thread(target=lambda: traffic.files.extend(line.strip() for line in stdout))
        writers = threading.Thread(target=traffic.run, args=(server, fair_data, stop))
        reader.start()
        writers.start()
        try:
            yield traffic
        finally:
            stop.set()
            writers.join(30)
            stdin.close()
            reader.join(30)
    assert (traffic.failures, uploader.returncode) == ([], 0)


def _uploader(server: Server, fair_data: SmallFair) -> "subprocess.Popen[str]":
    script = UPLOAD.replace("BOOTH", str(fair_data.booth))
    return subprocess.Popen(
        [*MANAGE, "shell", "--no-imports", "-c", script],
        cwd=REPOSITORY,
        env=clean_environment() | dict(server.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
