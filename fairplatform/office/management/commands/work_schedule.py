"""`manage.py work_schedule KEY`: the process that a page of the office starts to make a draft of the schedule."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from meetings.models import ScheduleRun
from meetings.versions.running import Pulse, work


class Command(BaseCommand):
    help = "Makes the draft of a schedule that was asked for in the office. Started by the program itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", type=int, help="of the run")

    def handle(self, *args: Any, **options: Any) -> None:
        runs = ScheduleRun.objects.select_related("fair").filter(pk=options["key"], state=ScheduleRun.State.WORKING)
        for run in runs:
            pulse = Pulse(run)
            with pulse.beating():
                work(run, pulse)
