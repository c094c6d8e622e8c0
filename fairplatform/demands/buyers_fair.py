"""The fair that a buyer's pages are about: as its companies prepare their demands, also before it is open."""

from dataclasses import dataclass
from typing import Any

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair
from fairplatform.policy import Role


@dataclass(frozen=True)
class BuyersFair:
    """Loads a fair by its slug, also a draft for the people of companies that buy in it: policy.LoadsForPerson."""

    fair: Fair

    @classmethod
    def load_for(cls, person: Viewer, **lookup: Any) -> "BuyersFair | None":
        fair = Fair.cached(**lookup)
        found = cls(fair) if fair else None
        return found if found and found.roles_of(person) else None

    @property
    def fair_id(self) -> int:
        return self.fair.pk

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        return self.fair.roles_of(person) | (memberships(person, self.fair.pk).roles & {Role.BUYER})
