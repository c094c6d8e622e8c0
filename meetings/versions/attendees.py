"""Who attends the planned meetings for the companies: everybody at one meeting at a time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from fairplatform.accounts.models import Staff, User
from meetings.matching.situation import Situation
from meetings.models import PlannedMeeting
from meetings.models.meeting import Side


class Attendees:
    """Of a company that has one meeting in a slot, its lead and managers who are free, else one of its other people; of
    one that has several, its people are spread over them. A meeting may be left with nobody of a company, where it
    holds more at once than it has people: they are named later.
    """

    def __init__(self, situation: Situation, rows: Sequence[PlannedMeeting]) -> None:
        self._situation = situation
        staff = situation.free.staff
        self._users = User.objects.in_bulk({pk for own in staff.values() for pk in own})
        self._away = situation.free.away(self._users)
        self._representatives = _representatives(situation)
        self._taken: dict[int, set[int]] = defaultdict(set)  # people by slot
        self.of: dict[int, list[tuple[User, Side]]] = {row.pk: [] for row in rows}
        self._spread(rows)

    def _spread(self, rows: Sequence[PlannedMeeting]) -> None:
        together: dict[tuple[int, int], list[tuple[PlannedMeeting, Side]]] = defaultdict(list)
        for row in rows:
            assert row.starts_at is not None
            at = self._situation.places[row.starts_at]
            if row.interpreter_id:
                self._taken[at].add(row.interpreter_id)
            together[at, row.exhibitor_id].append((row, Side.EXHIBITOR))
            together[at, row.buyer_id].append((row, Side.BUYER))
        for (at, company), held in together.items():
            for place, person in enumerate(self._free(company, at, len(held))):
                row, side = held[place % len(held)]
                self.of[row.pk].append((self._users[person], side))
                self._taken[at].add(person)

    def _free(self, company: int, at: int, meetings: int) -> Iterator[int]:
        """Representatives first; of the others as many as are needed for one at each meeting."""
        free = [
            pk
            for pk in self._situation.free.staff[company]
            if pk in self._users and at not in self._away[pk] and pk not in self._taken[at]
        ]
        leading = [pk for pk in free if pk in self._representatives[company]]
        others = [pk for pk in free if pk not in self._representatives[company]]
        yield from leading
        yield from others[: max(0, meetings - len(leading))]


def _representatives(situation: Situation) -> Mapping[int, set[int]]:
    """The managers and leads of each company."""
    of_company = {one.company_id: one.pk for one in situation.companies.values()}
    found: dict[int, set[int]] = defaultdict(set)
    rows = Staff.objects.filter(company__in=of_company).values_list("company", "user", "is_manager", "is_lead")
    for company, user, is_manager, is_lead in rows:
        if is_manager or is_lead:
            found[of_company[company]].add(user)
    return found
