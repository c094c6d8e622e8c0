from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "fairplatform.pages"
