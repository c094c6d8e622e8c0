"""`manage.py work_run KEY`: the process that a page of the office starts for a matching, a round or a schedule."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from meetings.models import Run
from meetings.running import Pulse
from meetings.working import work


class Command(BaseCommand):
    help = "Makes the matching, the round or the draft that was asked for in the office. Started by the program itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", type=int, help="of the run")

    def handle(self, *args: Any, **options: Any) -> None:
        runs = Run.objects.select_related("fair", "user", "on_behalf_of")
        for run in runs.filter(pk=options["key"], state=Run.State.WORKING):
            pulse = Pulse(run)
            with pulse.beating():
                work(run, pulse)
