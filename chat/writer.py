"""The writer of this process: sockets hand it their messages, one thread stores all that wait in one transaction."""

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
from .posting import Post, write

logger = logging.getLogger(__name__)
batches = Histogram("fair_writer_batch", "Messages stored in one transaction", buckets=(1, 2, 5, 10, 20, 50, 100))
AT_ONCE = 100  # messages in one transaction
MOST_WAITING = 1000  # above it people are asked to wait: a queue that grows only makes everybody late


@dataclass(frozen=True)
class _Waiting:
    """A message and whom to tell what became of it."""

    post: Post
    answer: "asyncio.Future[Message]"


class Writer:
    """Group commit: while one transaction reaches the disk, the messages of the next one gather.

    The thread is a pool of one, which ends only when what it holds is stored.
    """

    def __init__(self) -> None:
        self._waiting: deque[_Waiting] = deque()
        self._lock = Lock()
        self._is_writing = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")

    async def post(self, post: Post) -> Message:
        """The stored message, once it is committed.

        Raises Refused as `post_message` does, and what the database raises when nothing was stored.
        """
        if self.waiting >= MOST_WAITING:
            raise Refused("too_fast")
        answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        with self._lock:
            if not self._is_writing:
                self._thread.submit(self._write_all)
                self._is_writing = True
            self._waiting.append(_Waiting(post, answer))
        return await answer

    @property
    def waiting(self) -> int:
        """How many messages wait for the transaction after the one under way."""
        return len(self._waiting)

    def finish(self) -> None:
        """Takes nothing more, and returns when all that waits is stored."""
        self._thread.shutdown()

    def _write_all(self) -> None:
        while batch := self._next():
            batches.observe(len(batch))
            _tell(batch, _write([waiting.post for waiting in batch]))

    def _next(self) -> list[_Waiting]:
        with self._lock:
            batch = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
            self._is_writing = bool(batch)
        return batch


def _write(posts: list[Post]) -> Sequence[Message | Exception]:
    answers: Sequence[Message | Exception] = []
    with attempt("writer"):
        try:
            close_old_connections()
            answers = write(posts, now=timezone.now())
        except Exception as failure:
            answers = [failure] * len(posts)
            raise
        finally:
            close_old_connections()
    return answers


def _tell(batch: list[_Waiting], answers: Sequence[Message | Exception]) -> None:
    """One call into each loop, however many wait there."""
    for loop in {waiting.answer.get_loop() for waiting in batch}:
        told = [pair for pair in zip(batch, answers, strict=True) if pair[0].answer.get_loop() is loop]
        try:
            loop.call_soon_threadsafe(_answer, told)
        except RuntimeError:
            logger.info("%s messages were stored after their server had stopped", len(told))


def _answer(told: list[tuple[_Waiting, Message | Exception]]) -> None:
    for waiting, answer in told:
        # Who has gone meanwhile asks no more; their message is stored all the same.
        if waiting.answer.done():
            continue
        if isinstance(answer, Exception):
            waiting.answer.set_exception(answer)
        else:
            waiting.answer.set_result(answer)


WRITER = Writer()
