from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ContentCacheConfig(AppConfig):
    name = "fairplatform.content_cache"
    label = "edition"  # the first name of the package, which its table and its triggers keep

    def ready(self) -> None:
        from .triggers import install, remove

        pre_migrate.connect(remove, sender=self)
        post_migrate.connect(install, sender=self)
