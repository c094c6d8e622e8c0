from typing import ClassVar

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AccountsConfig(AppConfig):
    name = "fairplatform.accounts"
    public_models = ("Company",)
    role_models: ClassVar[dict[str, str]] = {"Staff": "SELECT {row}.user_id"}

    def ready(self) -> None:
        from .roles import unwatch, watch

        # Anew with every migration: where SQLite alters a table it makes it anew, without its triggers.
        pre_migrate.connect(unwatch, sender=self)
        post_migrate.connect(watch, sender=self)
