from django.apps import AppConfig


class FairsConfig(AppConfig):
    name = "fairplatform.fairs"
    public_models = ("Body", "Fact", "Fair", "Hall", "Participation")
