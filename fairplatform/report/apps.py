from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ReportConfig(AppConfig):
    name = "fairplatform.report"

    def ready(self) -> None:
        from . import immutable

        pre_migrate.connect(immutable.remove, sender=self)
        post_migrate.connect(immutable.install, sender=self)
