from typing import ClassVar

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate


class BoothsConfig(AppConfig):
    name = "booths"
    public_models = ("Attachment", "Booth", "Display", "Product")
    # No public page shows demands, so typing one leaves those cached; shortlists are made of demands too.
    versioned_models: ClassVar = {"demands": ("Demand",)}

    def ready(self) -> None:
        from . import full_text, immutable
        from .actions import add_to_inquiries
        from .attachments import remove_file

        pre_migrate.connect(full_text.remove, sender=self)
        post_migrate.connect(full_text.install, sender=self)
        post_delete.connect(remove_file, sender="booths.Attachment")
        pre_migrate.connect(immutable.remove, sender=self)
        post_migrate.connect(immutable.install, sender=self)
        post_save.connect(add_to_inquiries, sender="accounts.Staff")
