from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "fairplatform.health"
    label = "vitals"  # of its table
