from django.apps import AppConfig


class FairsConfig(AppConfig):
    name = "fairplatform.fairs"
