from django.apps import AppConfig


class LanguageConfig(AppConfig):
    name = "fairplatform.language"
