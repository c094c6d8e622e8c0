"""Group commit: the messages of all sockets wait in one queue, and one thread stores all that wait together."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

from django.db import close_old_connections
from django.utils import timezone
from prometheus_client import Histogram

from fairplatform.errors import Refused
from fairplatform.observability.duties import attempt

from .models import Message
from .write_batch import NewMessage, write_batch

logger = logging.getLogger(__name__)
batch_sizes = Histogram("fair_writer_batch", "Messages stored in one transaction", buckets=(1, 2, 5, 10, 20, 50, 100))
BATCH_SIZE = 100  # messages in one transaction
MAX_WAITING = 1000  # above it people are asked to wait: a queue that only grows makes everybody late


@dataclass(frozen=True)
class _Waiting:
    message: NewMessage
    result: "asyncio.Future[Message]"


class WriteQueue:
    """While one transaction reaches the disk, the messages of the next one gather (decision 0008).

    The thread is a pool of one, which ends only when everything in the queue is stored.
    """

    def __init__(self) -> None:
        self._queue: deque[_Waiting] = deque()
        self._lock = Lock()
        self._is_writing = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")

    async def write(self, message: NewMessage) -> Message:
        """The stored message, once it is committed.

        Raises Refused as `post_message` does, and what the database raises when nothing was stored.
        """
        if self.waiting >= MAX_WAITING:
            raise Refused("too_fast")
        result: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        with self._lock:
            if not self._is_writing:
                self._thread.submit(self._write_all)
                self._is_writing = True
            self._queue.append(_Waiting(message, result))
        return await result

    @property
    def waiting(self) -> int:
        """How many messages wait for the transaction after the one under way."""
        return len(self._queue)

    def finish(self) -> None:
        """Accepts nothing more, and returns when everything in the queue is stored."""
        self._thread.shutdown()

    def _write_all(self) -> None:
        while batch := self._next_batch():
            batch_sizes.observe(len(batch))
            _resolve(batch, _write([waiting.message for waiting in batch]))

    def _next_batch(self) -> list[_Waiting]:
        with self._lock:
            batch = [self._queue.popleft() for _ in range(min(BATCH_SIZE, len(self._queue)))]
            self._is_writing = bool(batch)
        return batch


def _write(messages: list[NewMessage]) -> Sequence[Message | Exception]:
    results: Sequence[Message | Exception] = []
    with attempt("writer"):
        try:
            close_old_connections()
            results = write_batch(messages, now=timezone.now())
        except Exception as failure:
            results = [failure] * len(messages)
            raise
        finally:
            close_old_connections()
    return results


def _resolve(batch: list[_Waiting], results: Sequence[Message | Exception]) -> None:
    """Hands over the results: one call into each event loop, however many wait there."""
    for loop in {waiting.result.get_loop() for waiting in batch}:
        own = [pair for pair in zip(batch, results, strict=True) if pair[0].result.get_loop() is loop]
        try:
            loop.call_soon_threadsafe(_set_results, own)
        except RuntimeError:
            logger.info("%s messages were stored after their server had stopped", len(own))


def _set_results(pairs: list[tuple[_Waiting, Message | Exception]]) -> None:
    for waiting, result in pairs:
        # A socket that has closed meanwhile has cancelled its future; its message is stored all the same.
        if waiting.result.done():
            continue
        if isinstance(result, Exception):
            waiting.result.set_exception(result)
        else:
            waiting.result.set_result(result)


WRITE_QUEUE = WriteQueue()
