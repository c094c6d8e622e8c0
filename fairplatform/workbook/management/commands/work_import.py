"""`manage.py work_import KEY ATTEMPT`: the process that a page of the office starts for an import."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from fairplatform.db.statistics import refresh_statistics
from fairplatform.workbook.limits import MOST_MEBIBYTES, MOST_SECONDS, limit
from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.working import work


class Command(BaseCommand):
    help = "Checks or stores a workbook that was uploaded in the office. Started by the program itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", type=int, help="of the import")
        parser.add_argument("attempt", type=int, help="of the import, that this process is for")
        parser.add_argument("mark", nargs="?", help="of this process, by which it is found again")
        parser.add_argument(
            "--mebibytes", type=int, default=MOST_MEBIBYTES, help="of memory at most, beyond what the program takes"
        )
        parser.add_argument("--seconds", type=int, default=MOST_SECONDS, help="of processor time at most")

    def handle(self, *args: Any, **options: Any) -> None:
        limit(options["mebibytes"], options["seconds"])
        own = WorkbookImport.objects.select_related("fair").filter(pk=options["key"], attempt=options["attempt"])
        for started in own.filter(state__in=WorkbookImport.BUSY):
            work(started)
            refresh_statistics()
