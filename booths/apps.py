from django.apps import AppConfig
from django.db.models.signals import post_save


class BoothsConfig(AppConfig):
    name = "booths"
    public_models = ("Booth", "Display", "Product")

    def ready(self) -> None:
        from .actions import let_in

        post_save.connect(let_in, sender="accounts.Staff")
