"""`manage.py work_import KEY`: the process that a page of the office starts for an import."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.working import work


class Command(BaseCommand):
    help = "Checks or stores a workbook that was uploaded in the office. Started by the program itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", type=int, help="of the import")

    def handle(self, *args: Any, **options: Any) -> None:
        work(WorkbookImport.objects.select_related("fair").get(pk=options["key"]))
