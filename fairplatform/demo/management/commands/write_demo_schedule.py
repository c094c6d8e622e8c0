"""`manage.py write_demo_schedule`: makes the schedule of the demonstration anew, after its workbook has changed."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairplatform.demo.plan.fair_plan import SLUG
from fairplatform.demo.plan.published import FILE
from fairplatform.demo.scheduling import make_schedule
from fairplatform.fairs.models import Fair


class Command(BaseCommand):
    help = f"Matches, schedules and publishes the workbook of the demo, and writes {FILE.name}. Stores no fair."

    def handle(self, *args: Any, **options: Any) -> None:
        if Fair.objects.filter(slug=SLUG).exists():
            raise CommandError("This needs a database without the demo: prepare an empty one with another DATA_DIR.")
        rows = ",\n".join(json.dumps(row) for row in make_schedule())
        FILE.write_text(f"[\n{rows}\n]\n", encoding="utf-8")
        self.stdout.write(f"written: {FILE.name}")
