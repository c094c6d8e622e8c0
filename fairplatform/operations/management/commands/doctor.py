"""`manage.py doctor`: checks everything a fair needs, and says what to do where something is wrong."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from fairplatform.observability.redaction import safe_message
from fairplatform.operations.doctor.configuration import check_settings
from fairplatform.operations.doctor.finding import Check, Finding, State, broken
from fairplatform.operations.doctor.machine import check_machine
from fairplatform.operations.doctor.running import check_running
from fairplatform.operations.doctor.services import check_database, check_redis

CHECKS: tuple[Check, ...] = (
    check_machine,
    check_settings,
    check_database,
    check_redis,
    check_running,
)


class Command(BaseCommand):
    help = "Checks everything a fair needs and says what to do. The exit status is 1 if anything is broken."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object per line")

    def handle(self, *args: Any, **options: Any) -> None:
        states: Counter[State] = Counter()
        for finding in run_checks():
            states[finding.state] += 1
            self.stdout.write(json.dumps(asdict(finding)) if options["json"] else _lines(finding))
        if not options["json"]:
            self.stdout.write("\n" + ", ".join(f"{states[state]} {state}" for state in State))
        if states[State.BROKEN]:
            raise SystemExit(1)


def run_checks() -> Iterator[Finding]:
    """The findings of all checks. A check that raises becomes a finding, and the others go on."""
    for check in CHECKS:
        try:
            yield from check()
        except Exception as failure:  # noqa: BLE001 — reported
            name = check.__name__.removeprefix("check_")
            says = f"The check itself failed: {type(failure).__name__} {safe_message(failure)}".rstrip() + "."
            yield broken(name, says, "First fix what is reported above; if this remains, report it.")


def _lines(finding: Finding) -> str:
    head = f"{finding.state:8} {finding.name}: {finding.says}"
    return f"{head}\n{'':9}→ {finding.advice}" if finding.advice else head
