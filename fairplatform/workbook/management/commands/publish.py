"""`manage.py publish FAIR`: makes the draft of its schedule meetings."""

from typing import Any

from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.workbook.json_export import read_keys
from fairplatform.workbook.management.fair_command import FAILED, FairCommand, Report
from fairplatform.workbook.schedule_reports import PublishReport
from meetings.versions.publishing import publish_draft


class Command(FairCommand):
    help = "Publishes the draft of a fair's schedule; all of it, or nothing where something is no longer true."

    def work(self, fair: Fair, options: dict[str, Any]) -> tuple[Report, int]:
        found = publish_draft(fair, now=timezone.now())
        return PublishReport(found, read_keys(fair)), FAILED if found.conflicts else 0
