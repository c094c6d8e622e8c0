"""What the next fair of a series takes over of the companies and people of this one.

Whoever is in fairs of other organisers too is not handed on: they are invited, and answer for themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from booths.models import Booth, Demand, Display
from booths.models.demand import fair_date
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import (
    Fair,
    Hall,
    Invitation,
    Participation,
    Preference,
    RecruitingUnit,
    Registration,
    RoleAssignment,
    SoleAgency,
)
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.policy import Role

M = TypeVar("M", bound=Model)
State = Participation.State
LEFT_OUT = (State.INVITED, State.REFUSED, State.WITHDRAWN)


@dataclass
class TakeOver:
    """From one fair to the next: `halls` and `units` are the new fair's, by the keys of the old fair's."""

    actor: Actor
    old: Fair
    new: Fair
    halls: Mapping[int, Hall]
    units: Mapping[int, RecruitingUnit]
    now: datetime
    counts: dict[str, int] = field(default_factory=dict)

    def companies(self, *, demands: bool = False) -> None:
        """Each waits for approval: whether it comes again is asked of it. With their booths, products and agencies.

        Who does not want to meet whom stays so: forgotten, it would be told by a meeting. Other wishes were for the
        meetings of their fair, and absences for its days. `demands`: also those that are still open.
        """
        shared = set(_of(self.old, Elsewhere.of(self.actor.person.pk).companies(), "participations"))
        rows = self.old.participations.exclude(state__in=LEFT_OUT).select_related("company").order_by("pk")
        taken: dict[int, Participation] = {}
        for row in rows:
            before = row.pk
            taken[before] = self._placed(copied(row))
            row.state = State.INVITED if row.company_id in shared else State.SUBMITTED
            # What they planned to buy was a plan for its time.
            row.plan_minor, row.plan_currency, row.declined_at = None, "", None
        Participation.objects.bulk_create(taken.values())
        own = {before: row for before, row in taken.items() if row.state == State.SUBMITTED}
        self.counts |= {"companies": len(own), "companies_invited": len(taken) - len(own)}
        self._agencies(taken)
        self._refusals(taken)
        self._booths(own)
        if demands:
            self._demands(own)
        self._staff([row.company_id for row in own.values()])

    def people(self) -> None:
        """Interpreters, liaison officers, floor assistants, delegates; `organisers` brings those."""
        self._roles([one for one in RoleAssignment.Kind if one != RoleAssignment.Kind.ORGANISER])

    def organisers(self) -> None:
        """All of this fair: what it shares with the next stays theirs only if they organise both."""
        self._roles([RoleAssignment.Kind.ORGANISER])

    def _placed(self, row: Participation) -> Participation:
        row.fair = self.new
        row.hall = self.halls[row.hall_id] if row.hall_id else None
        row.unit = self.units[row.unit_id] if row.unit_id else None
        return row

    def _agencies(self, taken: Mapping[int, Participation]) -> None:
        rows = SoleAgency.objects.filter(participation__fair=self.old).select_related("principal__company")
        agencies = []
        for row in rows.order_by("pk"):
            if row.participation_id not in taken:
                continue
            if row.principal and row.principal_id not in taken:
                row.principal_name, row.principal = str(row.principal.company.name), None
            row.principal = taken[row.principal_id] if row.principal_id else None
            row.participation = taken[row.participation_id]
            agencies.append(copied(row))
        SoleAgency.objects.bulk_create(agencies)

    def _refusals(self, taken: Mapping[int, Participation]) -> None:
        refusals = []
        for row in Preference.objects.filter(fair=self.old, wish=Preference.Wish.NO).order_by("pk"):
            if row.participation_id in taken and row.wanted_id in taken:
                row.fair = self.new
                row.participation, row.wanted = taken[row.participation_id], taken[row.wanted_id]
                refusals.append(copied(row))
        Preference.objects.bulk_create(refusals)

    def _demands(self, taken: Mapping[int, Participation]) -> None:
        """Those that are wanted still; without their answers."""
        today, demands = fair_date(self.old, self.now), []
        for row in Demand.objects.filter(fair=self.old).wanted(today).order_by("pk"):
            if row.participation_id in taken:
                row.fair, row.participation, row.created_at = self.new, taken[row.participation_id], self.now
                demands.append(copied(row))
        Demand.objects.bulk_create(demands)
        self.counts["demands"] = len(demands)

    def _booths(self, taken: Mapping[int, Participation]) -> None:
        booths: dict[int, Booth] = {}
        for booth in Booth.objects.filter(fair=self.old).order_by("pk"):
            if booth.participation_id not in taken:
                continue
            before = booth.pk
            booth.participation = taken[booth.participation_id]
            booth.fair, booth.hall = self.new, self.halls[booth.hall_id]
            booths[before] = copied(booth)
        Booth.objects.bulk_create(booths.values())
        displays = []
        for display in Display.objects.filter(booth__fair=self.old).order_by("pk"):
            if display.booth_id in booths:
                display.booth = booths[display.booth_id]
                display.hall_id = self.halls[display.hall_id].pk if display.hall_id else None
                displays.append(copied(display))
        Display.objects.bulk_create(displays)
        self.counts |= {"booths": len(booths), "products": len(displays)}

    def _staff(self, companies: Iterable[int]) -> None:
        """The people of companies that only these organisers have; a company's place for them is theirs already."""
        staff = set(Staff.objects.filter(company__in=list(companies)).values_list("user", flat=True))
        shared, taken = self._shared(), self._registered()
        rows = [row for user, row in taken.items() if user in staff and user not in shared]
        self._count("people", self._register(rows))

    def _roles(self, kinds: Iterable[str]) -> None:
        shared, registered = self._shared(), self._registered()
        has_role = {self.actor.person.pk}
        roles, asked, rows = [], [], []
        for role in self.old.roles.filter(role__in=kinds, user__is_active=True).select_related("user").order_by("pk"):
            if role.user_id == self.actor.person.pk and role.role == Role.ORGANISER:
                continue
            row = registered.get(role.user_id) or Registration(user=role.user)
            if role.user_id in shared:
                if role.user_id not in has_role:
                    asked.append(self._invited(row, role))
            else:
                roles.append(self._role(role))
                rows.append(row)
            has_role.add(role.user_id)
        RoleAssignment.objects.bulk_create(roles)
        self._count("people", self._register(rows))
        self._count("people_invited", self._register(asked, accepted=False))

    def _count(self, what: str, number: int) -> None:
        self.counts[what] = self.counts.get(what, 0) + number

    def _role(self, role: RoleAssignment) -> RoleAssignment:
        role.fair, role.unit = self.new, self.units[role.unit_id] if role.unit_id else None
        return copied(role)

    def _invited(self, row: Registration, role: RoleAssignment) -> Registration:
        unit = self.units[role.unit_id].pk if role.unit_id else None
        offer = Invitation(
            role=RoleAssignment.Kind(role.role),
            unit=unit,
            language_pairs=role.language_pairs,
            max_minutes_a_day=role.max_minutes_a_day,
            on_call=role.on_call,
            invited_by=self.actor.person.pk,
            name=dict(role.user.name),
        )
        row.invitation = offer.stored()
        return row

    def _register(self, rows: Iterable[Registration], *, accepted: bool = True) -> int:
        """Registrations of the next fair with these keys; what was agreed to was for this fair."""
        known = set(self.new.registrations.values_list("user", flat=True))
        new = {
            row.user_id: Registration(
                fair=self.new,
                user_id=row.user_id,
                key=row.key,
                remarks=row.remarks,
                invitation={} if accepted else row.invitation,
                accepted_at=self.now if accepted else None,
            )
            for row in rows
            if row.user_id not in known
        }
        Registration.objects.bulk_create(new.values())
        return len(new)

    def _registered(self) -> dict[int, Registration]:
        """Who is in this fair and has not said no to it, by person."""
        rows = self.old.registrations.filter(accepted_at__isnull=False, declined_at=None, user__is_active=True)
        return {row.user_id: row for row in rows.order_by("pk")}

    def _shared(self) -> set[int]:
        return set(Elsewhere.of(self.actor.person.pk).accounts().values_list("pk", flat=True))


def _of(fair: Fair, rows: Any, relation: str) -> Iterable[int]:
    keys: Iterable[int] = rows.filter(**{f"{relation}__fair": fair}).values_list("pk", flat=True)
    return keys


def copied(row: M) -> M:
    """The row as a new one, not saved yet."""
    row.pk = None
    row._state.adding = True
    return row
