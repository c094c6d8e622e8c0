"""The clock or the stored tasks as a process of its own, without a web server."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .command import MANAGE
from .programs import Program


@dataclass
class WorkerProcess:
    """A `manage.py serve --no-web`, started once it has printed "Running for …"; may be stopped and started again."""

    program: Program

    @classmethod
    def with_flags(cls, environment: Mapping[str, str], log: Path, *flags: str) -> "WorkerProcess":
        return cls(Program([*MANAGE, "serve", "--no-web", *flags], log, environment))

    @property
    def log(self) -> str:
        return self.program.log_tail()

    def start(self) -> None:
        before = self.log.count("Running for ")
        self.program.start(ready=lambda: self.log.count("Running for ") > before)

    def stop(self) -> int:
        """Sends SIGTERM; returns the exit status, below 0 if it had to be killed."""
        self.program.stop()
        assert self.program.process is not None
        return self.program.process.wait()
