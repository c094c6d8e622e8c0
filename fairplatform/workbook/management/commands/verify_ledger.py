"""`manage.py verify_ledger FAIR`: computes the chain of the fair's agreement ledger again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fairplatform.fairs.models import Fair
from fairplatform.ledger.chain import Verification, verify
from fairplatform.workbook.management.fair_command import FAILED, FairCommand, Report


@dataclass(frozen=True)
class VerificationReport:
    found: Verification

    def as_data(self) -> dict[str, object]:
        return {"entries": self.found.entries, "ok": self.found.ok, "first_bad": self.found.first_bad}

    def as_lines(self) -> Iterator[str]:
        yield _("Entries: %(count)s") % {"count": self.found.entries}
        if self.found.ok:
            yield _("The ledger is as it was written.")
        else:
            yield _("Entry %(number)s is missing or is not as it was written.") % {"number": self.found.first_bad}


class Command(FairCommand):
    help = "Verifies that nothing in a fair's agreement ledger was changed, deleted or slipped in."

    def work(self, fair: Fair, options: dict[str, Any]) -> tuple[Report, int]:
        found = verify(fair)
        return VerificationReport(found), 0 if found.ok else FAILED
