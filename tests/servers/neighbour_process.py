"""The clock and the task worker as processes of their own, beside a web process."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .command import MANAGE
from .programs import Program


@dataclass
class Beside:
    """A `manage.py serve --no-web`: it has started when it says so; it may be stopped, killed and started again."""

    program: Program

    @classmethod
    def of(cls, environment: Mapping[str, str], log: Path, *flags: str) -> "Beside":
        return cls(Program([*MANAGE, "serve", "--no-web", *flags], log, environment))

    @property
    def log(self) -> str:
        return self.program.last_words()

    def start(self) -> None:
        before = self.log.count("Running for ")
        self.program.start(ready=lambda: self.log.count("Running for ") > before)

    def stop(self) -> int:
        """Asks it to end; returns how it ended, 0 when of its own accord."""
        self.program.stop()
        assert self.program.process is not None
        return self.program.process.wait()
