"""Somebody who works for the company of a booth, as its own people see them."""

from dataclasses import dataclass
from typing import Any

from booths.models import Booth
from booths.own_booth import OwnBooth
from fairplatform.accounts.models import Company, Staff, User, Viewer
from fairplatform.fairs.sharing import accounts_of
from fairplatform.policy import Role


@dataclass(frozen=True)
class Colleague:
    """A person with their position at the reader's own booth: policy.LoadsForPerson."""

    booth: Booth
    staff: Staff

    @classmethod
    def load_for(cls, person: Viewer, **lookup: Any) -> "Colleague | None":
        """`fair`: its slug, `staff`: the key of the position. None for everybody but the company's people."""
        booth = OwnBooth.load_for(person, fair=lookup["fair"])
        if booth is None:
            return None
        rows = Staff.objects.filter(company=booth.participation.company_id, pk=lookup["staff"])
        staff = rows.select_related("user").first()
        return cls(booth, staff) if staff else None

    @property
    def fair_id(self) -> int:
        return self.booth.fair_id

    @property
    def user(self) -> User:
        return self.staff.user

    @property
    def company(self) -> Company:
        return self.booth.participation.company

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        return self.booth.roles_of(person)

    @property
    def is_of_company_alone(self) -> bool:
        """Whether the account is the company's to change: its person is nothing else in any fair."""
        return not self.user.is_demo and accounts_of(self.company).filter(pk=self.user.pk).exists()

    @property
    def link_may_be_shown(self) -> bool:
        """Whether a manager may see the person's link, by which whoever has it is that person.

        So it is until the person has come in for the first time, and for staff who have no address to send it to.
        """
        is_without_own = not self.user.has_come_in or not (self.user.email or self.staff.is_manager)
        return self.user.is_active and is_without_own and self.is_of_company_alone

    @property
    def link_may_be_sent(self) -> bool:
        """Whether it may be sent to the person's own address."""
        return bool(self.user.email) and self.user.is_active and self.is_of_company_alone
