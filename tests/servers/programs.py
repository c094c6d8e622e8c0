"""Starting a real program beside the tests, knowing when it is ready, and ending it with all it started."""

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
    """A TCP port on the loopback address, kept for this process's programs until it ends.

    It stays bound to a socket that never listens: the system gives it to nobody who asks for any port or opens a
    connection, and a server that binds this very number with SO_REUSEADDR, as servers do, may have it.
    """
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind(("127.0.0.1", 0))
    _RESERVED.append(reserved)
    return int(reserved.getsockname()[1])


def wait_until(ready: Callable[[], bool], *, seconds: float, what: str, pause: float = 0.05) -> None:
    """Ask `ready` until it says yes; after `seconds` raise TimeoutError naming `what`."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(pause)


@dataclass
class Program:
    """One process group of ours: its command, where it writes its log, and the process while it runs.

    `user` is who it runs as (None: we), `polite` the signal that asks it to end.
    """

    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    folder: Path = REPOSITORY
    user: str | None = None
    polite: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None

    def start(self, *, ready: Callable[[], bool], seconds: float = 30) -> None:
        """Start and return once `ready`. Raises RuntimeError with the end of the log when it ended or is not ready."""
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
            raise RuntimeError(f"{late}\n{self.last_words()}") from late
        if self.ended:
            raise RuntimeError(f"{' '.join(self.command)} ended at once\n{self.last_words()}")

    @property
    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def last_words(self) -> str:
        """The end of the log."""
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole process group."""
        if self.process is not None and not self.ended:
            os.killpg(self.process.pid, number)

    def freeze(self) -> None:
        """Let it hang: it keeps its connections, takes new ones, and never answers."""
        self._signal_family(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on as if nothing had been."""
        self._signal_family(signal.SIGCONT)

    def _signal_family(self, number: int) -> None:
        """Its children too: those of PostgreSQL are each in a group of their own."""
        assert self.process is not None
        pid = self.process.pid
        for process in (pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())):
            os.kill(process, number)

    def kill(self) -> None:
        """End at once, as a power cut would."""
        self.signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait(10)

    def stop(self, *, seconds: float = 10) -> None:
        """Ask to end; after `seconds` end it all the same."""
        self.signal(self.polite)
        try:
            if self.process is not None:
                self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
