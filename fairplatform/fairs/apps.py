from typing import ClassVar

from django.apps import AppConfig


class FairsConfig(AppConfig):
    name = "fairplatform.fairs"
    public_models = ("Body", "Fact", "Fair", "FairDay", "Hall", "Participation")
    role_models: ClassVar[dict[str, str]] = {
        "RoleAssignment": "SELECT {row}.user_id",
        "Participation": "SELECT user_id FROM accounts_staff WHERE company_id = {row}.company_id",
    }

    def ready(self) -> None:
        from fairplatform.accounts.signals import link_opened

        from .registrations import record_opening

        link_opened.connect(record_opening, dispatch_uid="fairs.registrations")
