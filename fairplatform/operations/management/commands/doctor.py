"""`manage.py doctor`: of each thing a fair needs whether it is well, and what to do where it is not."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from fairplatform.observability.redaction import safe_message
from fairplatform.operations.doctor.configured import examine_settings
from fairplatform.operations.doctor.finding import Examination, Finding, State, broken
from fairplatform.operations.doctor.machine import examine_machine
from fairplatform.operations.doctor.running import examine_running
from fairplatform.operations.doctor.services import examine_database, examine_redis

EXAMINATIONS: tuple[Examination, ...] = (
    examine_machine,
    examine_settings,
    examine_database,
    examine_redis,
    examine_running,
)


class Command(BaseCommand):
    help = "Says of each thing a fair needs whether it is well. Ends with 1 when something is broken."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs: one object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        states: Counter[State] = Counter()
        for finding in examine():
            states[finding.state] += 1
            self.stdout.write(json.dumps(asdict(finding)) if options["json"] else _lines(finding))
        if not options["json"]:
            self.stdout.write("\n" + ", ".join(f"{states[state]} {state}" for state in State))
        if states[State.BROKEN]:
            raise SystemExit(1)


def examine() -> Iterator[Finding]:
    """All findings; an examination that fails is one itself, and keeps no other from being made."""
    for examination in EXAMINATIONS:
        try:
            yield from examination()
        except Exception as failure:  # noqa: BLE001 — told
            name = examination.__name__.removeprefix("examine_")
            says = f"It could not be looked at: {type(failure).__name__} {safe_message(failure)}".rstrip() + "."
            yield broken(name, says, "Mend what stands above first; else report this.")


def _lines(finding: Finding) -> str:
    head = f"{finding.state:8} {finding.name}: {finding.says}"
    return f"{head}\n{'':9}→ {finding.advice}" if finding.advice else head
