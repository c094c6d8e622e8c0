"""Polls a server's health probes while something else happens to it."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from tests.servers.serve import Server

PAUSE = 0.2


def ask(port: int, path: str, *, timeout: float = 5, **headers: str) -> tuple[int | None, str]:
    """Status and body of a GET; None if the server does not answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return None, ""
    finally:
        connection.close()


class Probe:
    """The answers of one path, with their times by the monotonic clock."""

    def __init__(self, server: Server, path: str) -> None:
        self.answers: list[tuple[float, int | None]] = []
        self._server, self._path = server, path

    def run(self, stop: threading.Event) -> None:
        while not stop.wait(PAUSE):
            status, _ = ask(self._server.port, self._path)
            self.answers.append((monotonic(), status))

    @property
    def statuses(self) -> set[int | None]:
        return {status for _, status in self.answers}

    def seconds_until(self, status: int, *, after: float) -> float:
        """Seconds from `after` (monotonic) to the first answer with this status; infinite if there was none."""
        return next((at - after for at, answer in self.answers if at >= after and answer == status), float("inf"))


@contextmanager
def probing(*probes: Probe) -> Iterator[None]:
    stop = threading.Event()
    threads = [threading.Thread(target=probe.run, args=(stop,)) for probe in probes]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
