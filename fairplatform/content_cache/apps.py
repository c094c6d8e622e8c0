from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ContentCacheConfig(AppConfig):
    name = "fairplatform.content_cache"
    label = "edition"  # of its table

    def ready(self) -> None:
        from .triggers import watch

        # After every migration: where SQLite alters a table it makes it anew, without its triggers.
        post_migrate.connect(watch, sender=self)
