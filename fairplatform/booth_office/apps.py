from django.apps import AppConfig


class BoothOfficeConfig(AppConfig):
    name = "fairplatform.booth_office"
