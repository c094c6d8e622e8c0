from django.apps import AppConfig


class ControlRoomConfig(AppConfig):
    name = "fairplatform.control_room"
