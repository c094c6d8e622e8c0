"""`manage.py solve FILE`: solves a scheduling problem that stands in a file, without a database."""

import json
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairplatform.scheduling.arguments import SECONDS, seconds
from fairplatform.scheduling.json_problem import schedule_as_data, solution_as_data
from fairplatform.scheduling.malformed import Malformed
from fairplatform.scheduling.problem import Problem
from fairplatform.scheduling.reading import read
from fairplatform.scheduling.solving import Solution, solve
from fairplatform.scheduling.watch import Watch

UNREADABLE = 2  # exit status


def _breaks(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"expected 0 or more breaks, found {text}")
    return int(text)


class Command(BaseCommand):
    help = "Makes the schedule of a problem in a file (.dzn of the B2B meeting scheduling problem, or JSON)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .dzn file, or JSON as docs/schedule-files.md has it")
        parser.add_argument("--out", type=Path, metavar="FILE", help="write the whole result there, as JSON")
        parser.add_argument(
            "--time-limit", type=seconds, default=SECONDS, metavar="S", help="CPU seconds; by default 60"
        )
        parser.add_argument(
            "--fairness", type=_breaks, metavar="D", help="the most by which breaks of two parties differ; .dzn: 2"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        problem = self._read(options["file"])
        if options["fairness"] is not None:
            problem = replace(problem, fairness=options["fairness"])
        watch = Watch(options["time_limit"], clock=time.process_time)
        solution = solve(problem, watch)
        taken = watch.seconds
        if options["out"]:
            self._write(options["out"], solution)
        self.stdout.write(json.dumps(_summary(problem, solution, taken)))

    def _read(self, file: Path) -> Problem:
        try:
            return read(file)
        except Malformed as error:
            raise CommandError(f"{file}: {error}", returncode=UNREADABLE) from None
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=UNREADABLE) from None

    def _write(self, file: Path, solution: Solution) -> None:
        try:
            file.write_text(json.dumps(solution_as_data(solution)) + "\n")
        except OSError as error:
            sys.stderr.write(f"{file} cannot be written: {error.strerror}.\n")
            sys.exit(UNREADABLE)


def _summary(problem: Problem, solution: Solution, taken: float) -> dict[str, object]:
    return {
        "status": solution.status,
        "placed": len(solution.schedule),
        "meetings": len(problem.meetings),
        "breaks": solution.breaks,
        "bound": solution.bound,
        "seconds": round(taken, 3),
        "schedule": schedule_as_data(solution.schedule),
    }
