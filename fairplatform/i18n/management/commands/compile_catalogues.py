from typing import Any

from django.core.management.base import BaseCommand

from fairplatform.i18n.catalogues.po_files import compile_changed


class Command(BaseCommand):
    help = "Compile the catalogues that changed since they were compiled last."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_changed():
            self.stdout.write(f"compiled {path.parent.parent.name}/{path.name}")
