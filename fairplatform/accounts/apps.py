from typing import ClassVar

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AccountsConfig(AppConfig):
    name = "fairplatform.accounts"
    public_models = ("Company",)
    role_models: ClassVar[dict[str, str]] = {"Staff": "SELECT {row}.user_id"}

    def ready(self) -> None:
        from .triggers import install, remove

        pre_migrate.connect(remove, sender=self)
        post_migrate.connect(install, sender=self)
