"""Starts programs for tests, waits until they are ready, and stops them with all their child processes."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


_RESERVED: list[socket.socket] = []


def free_port() -> int:
    """A free TCP port of 127.0.0.1, reserved until this process ends.

    It stays bound by a socket that never listens. So the system gives it to nobody who asks for any free port, while
    a server that asks for this number with SO_REUSEADDR, as servers do, gets it.
    """
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind(("127.0.0.1", 0))
    _RESERVED.append(reserved)
    return int(reserved.getsockname()[1])


def wait_until(ready: Callable[[], bool], *, seconds: float, what: str, pause: float = 0.05) -> None:
    """Polls until `ready()` is true. Raises TimeoutError, naming `what`, after so many seconds."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(pause)


@dataclass
class Program:
    """A program in a process group of its own. `user`: whom it runs as; None is the current user."""

    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    folder: Path = REPOSITORY
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None

    def start(self, *, ready: Callable[[], bool], seconds: float = 120) -> None:
        """Starts it and waits until `ready()`. Raises RuntimeError with the end of its log if that fails."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self.user,
                start_new_session=True,
            )
        try:
            wait_until(lambda: self.ended or ready(), seconds=seconds, what=self.command[0])
        except TimeoutError as late:
            self.stop()
            raise RuntimeError(f"{late}\n{self.log_tail()}") from late
        if self.ended:
            raise RuntimeError(f"{' '.join(self.command)} ended at once\n{self.log_tail()}")

    @property
    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def log_tail(self) -> str:
        """The last 4,000 characters of the log."""
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to the process group."""
        if self.process is not None and not self.ended:
            os.killpg(self.process.pid, number)

    def freeze(self) -> None:
        """Makes it hang (SIGSTOP): the system keeps and accepts its connections, and nothing answers."""
        self._signal_children(signal.SIGSTOP)

    def thaw(self) -> None:
        """Lets it continue (SIGCONT)."""
        self._signal_children(signal.SIGCONT)

    def _signal_children(self, number: int) -> None:
        """To it and its children, which with PostgreSQL are each in a process group of their own."""
        assert self.process is not None
        pid = self.process.pid
        for process in (pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())):
            os.kill(process, number)

    def kill(self) -> None:
        """Ends it at once (SIGKILL), as a power cut would."""
        self.signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait(10)

    def stop(self, *, seconds: float = 10) -> None:
        """Asks it to end, and kills it if it has not after so many seconds."""
        self.signal(self.stop_signal)
        try:
            if self.process is not None:
                self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
