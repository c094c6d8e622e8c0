"""`manage.py prepare`: run once before the processes of a scaled fair start."""

from typing import Any

from django.core.management.base import BaseCommand

from fairplatform.operations.backup import data_dir
from fairplatform.operations.prepare import prepare


class Command(BaseCommand):
    help = "Brings database, catalogues and static files up to date, as `serve --prepare` does."

    def handle(self, *args: Any, **options: Any) -> None:
        with data_dir.in_use():
            prepare()
