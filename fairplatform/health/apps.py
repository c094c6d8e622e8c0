from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "fairplatform.health"
    label = "vitals"  # an earlier name, which its table still has
