"""Asking a server's probes without a pause while something else happens to it."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from tests.servers.serve import Server

PAUSE = 0.2


def ask(port: int, path: str, *, timeout: float = 5, **headers: str) -> tuple[int | None, str]:
    """Status and body; None when nobody answers."""
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
    """What one address answered, and when by the monotonic clock."""

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
        """How long after an instant it first answered this; without end if it never did."""
        return next((at - after for at, said in self.answers if at >= after and said == status), float("inf"))


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
