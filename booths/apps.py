from django.apps import AppConfig
from django.db.models.signals import post_save


class BoothsConfig(AppConfig):
    name = "booths"
    public_models = ("Booth", "Display", "Product")

    def ready(self) -> None:
        from .actions import add_to_inquiries

        post_save.connect(add_to_inquiries, sender="accounts.Staff")
