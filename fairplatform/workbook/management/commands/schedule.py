"""`manage.py schedule FAIR`: gives the matched pairs their times, as a draft."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.scheduling.arguments import SECONDS, seconds
from fairplatform.scheduling.draft import Score
from fairplatform.scheduling.watch import Watch
from fairplatform.workbook.json_export import read_keys
from fairplatform.workbook.management.fair_command import FairCommand, Report
from fairplatform.workbook.schedule_reports import ScheduleReport
from meetings.versions.drafting import make_draft


class Command(FairCommand):
    help = "Makes a draft of a fair's schedule from the last matching. Replaces the last draft."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--time-limit", type=seconds, default=SECONDS, metavar="S", help="CPU seconds; by default 60"
        )

    def work(self, fair: Fair, options: dict[str, Any]) -> tuple[Report, int]:
        watch = Watch(options["time_limit"], progress=_step, clock=time.process_time)
        version = make_draft(fair, now=timezone.now(), watch=watch)
        return ScheduleReport(version, read_keys(fair), watch.seconds), 0


def _step(name: str, _score: Score) -> None:
    sys.stderr.write(f"{name}\n")
