from typing import Any

from django.core.management.base import BaseCommand

from fairplatform.i18n.catalogues.po_files import compile_changed


class Command(BaseCommand):
    help = "Compiles the catalogues that have changed since they were last compiled."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_changed():
            self.stdout.write(f"compiled {path.parent.parent.name}/{path.name}")
