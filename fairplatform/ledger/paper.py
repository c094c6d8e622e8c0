"""An agreement as the pages of its parties name it: by the number of any of its entries."""

from dataclasses import dataclass
from typing import Any

from fairplatform.accounts.models import Viewer
from fairplatform.policy import Role

from .models import Entry


def entry_of_outcome(fair: int, reference: str) -> Entry | None:
    """What the ledger says of an agreed outcome, if it has an entry of it that stands."""
    return Entry.objects.standing().filter(fair=fair, outcome=reference).first()


@dataclass(frozen=True)
class Paper:
    """The newest entry of an agreement, and the number that somebody has opened: policy.LoadsForPerson."""

    newest: Entry
    number: int

    @classmethod
    def load_for(cls, person: Viewer, **lookup: Any) -> "Paper | None":
        """`fair`: its slug. `number`: of the newest entry or of one that was corrected."""
        named = Entry.objects.filter(fair__slug=lookup["fair"], number=lookup["number"])
        own = Entry.objects.newest().visible_to(person).filter(fair__slug=lookup["fair"])
        newest = own.filter(key__in=named.order_by().values("key")).first()
        return cls(newest, lookup["number"]) if newest else None

    @property
    def fair_id(self) -> int:
        return self.newest.fair_id

    @property
    def is_newest(self) -> bool:
        return self.number == self.newest.number

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        return self.newest.roles_of(person)
