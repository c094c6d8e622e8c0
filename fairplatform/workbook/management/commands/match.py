"""`manage.py match FAIR`: finds who is to meet whom."""

from typing import Any

from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.workbook.json_export import read_keys
from fairplatform.workbook.management.fair_command import FairCommand, Report
from fairplatform.workbook.schedule_reports import MatchReport
from meetings.matching.making import make_match


class Command(FairCommand):
    help = "Matches the companies of a fair: pairs and musts first, then the best for all. Replaces the last matching."

    def work(self, fair: Fair, options: dict[str, Any]) -> tuple[Report, int]:
        return MatchReport(make_match(fair, now=timezone.now()), read_keys(fair)), 0
