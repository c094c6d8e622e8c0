from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "fairplatform.i18n"
