from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from .day import calendar_files
        from .owed import links

        calendar_files.install()
        links.install()
