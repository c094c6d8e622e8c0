from django.apps import AppConfig


class BoothsConfig(AppConfig):
    name = "booths"
    public_models = ("Booth", "Display", "Product")
