from django.apps import AppConfig

from fairplatform.db.triggers import KeptRows

BRIEFS = KeptRows("report", ("DailyBrief", "BriefFigure"), "a brief that was approved is never changed")


class ReportConfig(AppConfig):
    name = "fairplatform.report"

    def ready(self) -> None:
        BRIEFS.connect(self)
