from django.apps import AppConfig
from django.db.models.signals import post_delete


class FilesConfig(AppConfig):
    name = "fairplatform.files"

    def ready(self) -> None:
        from .models.upload import remove_bytes

        post_delete.connect(remove_bytes, sender="files.Upload")
