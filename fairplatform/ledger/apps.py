from django.apps import AppConfig

from fairplatform.db.triggers import KeptRows

ENTRIES = KeptRows("ledger", ("Entry", "EntryName"), "an entry of the ledger is never changed")


class LedgerConfig(AppConfig):
    name = "fairplatform.ledger"

    def ready(self) -> None:
        ENTRIES.connect(self)
