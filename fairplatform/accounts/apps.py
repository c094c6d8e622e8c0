from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fairplatform.accounts"
    public_models = ("Company",)
