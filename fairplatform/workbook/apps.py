from django.apps import AppConfig


class WorkbookConfig(AppConfig):
    name = "fairplatform.workbook"
