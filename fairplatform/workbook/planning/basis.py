"""What a plan rests on, read again when it is stored: if somebody has changed that since, the plan is overtaken.

Of a fair with thousands of companies at work something changes every second. That disturbs a plan only where it is a
row that the plan would change, or something that its checks have read of the others. Any other change may as well have
come after the import, since both orders leave the same behind.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.policy import Role

from ..fields import Values
from ..keys import KeyBook
from ..stored import STORED_SHEETS, Change, Stored
from ..stored.companies import CITY, NAMES
from ..stored.positions import Person
from ..stored.sheet import Identity, in_parts
from .bounds import WholeFair
from .directory import REFERENCES
from .draft import Planning
from .foreign import Namesakes, namesakes
from .inviting import mark_shared
from .situation import listed

OF_ORGANISERS = ("fair", "bodies", "units", "halls", "days", "calendars", "holidays")
"""Short sheets that organisers alone change and that the checks of all others read: they have to be as they were."""
# Of a company's and a person's row, what may be read for other rows: not the texts of a booth, which are often changed.
_READ_FOR_OTHERS = {
    "companies": frozenset(
        {"key", *NAMES, *CITY, "country", "legal_name", "registration", "state", "sells", "buys", "hall", "booth"}
        | {"recruiting_unit", "sole_agent_of"}
    ),
    "people": frozenset({"key", *NAMES, "email", "mobile", "role", "company", "recruiting_unit"}),
}


@dataclass(frozen=True)
class Basis:
    """The rows that a plan was made from. `elsewhere`: the fairs whose companies and people it may not change;
    `namesakes`: the companies of other fairs that have the registration numbers of the file; `organisers`: the roles
    of those who can organise the fair.
    """

    fair: Fair | None
    organiser: Viewer | None
    elsewhere: Elsewhere
    namesakes: Namesakes
    organisers: frozenset[int]
    stored: dict[str, list[Stored]]
    changes: dict[str, list[Change]]

    @classmethod
    def of(cls, planning: Planning, organiser: Viewer | None) -> "Basis":
        return cls(
            planning.fair,
            organiser,
            planning.elsewhere,
            planning.namesakes,
            planning.organisers,
            planning.stored,
            planning.changes,
        )

    def has_changed(self, fair: Fair | None, bounds: WholeFair) -> bool:
        """`fair`: the plan's, as it is now and locked; `bounds`: those that it was planned within, not yet used."""
        if fair != self.fair or bounds.elsewhere(self.organiser, fair) != self.elsewhere:
            return True
        if namesakes(fair, self.namesakes) != self.namesakes:
            return True
        return fair is not None and (organisers_of(fair) != self.organisers or self._differs(fair, bounds))

    def _differs(self, fair: Fair, bounds: WholeFair) -> bool:
        keys = KeyBook()
        for name in self._sheets():
            planned = {one.stored.row.pk: one.stored.row for one in self._changed(name) if one.stored}
            _lock(planned.values())
            now = bounds.read(STORED_SHEETS[name], fair, keys, self.elsewhere)
            # As planning does: of companies always, of people for rows of their own sheet.
            if name == "companies" or self.changes[name]:
                mark_shared(name, now, fair, self.elsewhere)
            if self._sheet_differs(name, now, planned.keys()):
                return True
            if not planned.keys() <= {one.row.pk for one in bounds.own(name, now)}:
                return True
            self._give_keys(name, keys)
        return False

    def _give_keys(self, name: str, keys: KeyBook) -> None:
        """As planning does: later sheets refer to a row that had no key of its own by the one that the file gives."""
        for one in self.changes[name]:
            if one.stored and "key" in one.values:
                keys.add(name, one.values["key"], one.stored.row.pk)

    def _sheets(self) -> list[str]:
        """Those with rows that the plan changes, those that such rows refer to, and those that their checks read."""
        read = {name for name in STORED_SHEETS if any(self._changed(name))}
        if "pairs" in read:
            read.add("preferences")
        for name in reversed(STORED_SHEETS):
            if name in read:
                read.update(*REFERENCES.get(name, {}).values())
        return [name for name in STORED_SHEETS if name in read or name in OF_ORGANISERS]

    def _changed(self, name: str) -> Iterator[Change]:
        return (one for one in self.changes[name] if one.kind != "unchanged")

    def _sheet_differs(self, name: str, now: Iterable[Stored], planned: Iterable[int]) -> bool:
        before, after = ({one.row.pk: one for one in rows} for rows in (self.stored[name], now))
        pairs = {pk: (before.get(pk), after.get(pk)) for pk in before.keys() | after.keys()}
        whole = frozenset(pairs if name in OF_ORGANISERS else planned)
        differing = {pk: pair for pk, pair in pairs.items() if not _are_same(name, *pair, whole=pk in whole)}
        if not differing:
            return False
        others = [one.values for pair in differing.values() for one in pair if one]
        return not whole.isdisjoint(differing) or self._has_to_do_with(name, others)

    def _has_to_do_with(self, name: str, others: Iterable[Values]) -> bool:
        """Whether rows that the plan does not change could be taken for some that it does, or are referred to."""
        marks = {mark for one in self._changed(name) for mark in _marks(name, one.values)}
        marks |= {mark for one in self._changed(name) if one.stored for mark in _marks(name, one.stored.values)}
        marks |= {("key", key) for key in self._referred_to(name)}
        if name == "preferences":
            for pair in self._changed("pairs"):
                sides = pair.values.get("exhibitor"), pair.values.get("buyer")
                marks |= {("preference", *sides), ("preference", *reversed(sides))}
        return any(not marks.isdisjoint(_marks(name, values)) for values in others)

    def _referred_to(self, name: str) -> Iterator[object]:
        for sheet, columns in REFERENCES.items():
            for column in (column for column, sheets in columns.items() if name in sheets):
                for one in self._changed(sheet):
                    cell = one.values.get(column)
                    yield from listed(cell) or [cell]


def organisers_of(fair: Fair | None) -> frozenset[int]:
    """The roles of those who can organise a fair, of whom one has to stay."""
    roles = fair.roles.filter(role=Role.ORGANISER, user__is_active=True).values_list("pk", flat=True) if fair else ()
    return frozenset(roles)


def _are_same(name: str, one: Stored | None, other: Stored | None, *, whole: bool) -> bool:
    """Whether a row is as it was; not `whole`: as far as it may be read for other rows."""
    if one is None or other is None:
        return False
    return _cells(name, one, whole) == _cells(name, other, whole) and _state(one, whole) == _state(other, whole)


def _cells(name: str, one: Stored, whole: bool) -> Values:
    read = None if whole else _READ_FOR_OTHERS.get(name)
    return one.values if read is None else {column: cell for column, cell in one.values.items() if column in read}


def _state(one: Stored, whole: bool) -> tuple[object, ...]:
    """What no cell says and yet decides what may be changed."""
    if isinstance(one.row, Participation):
        return one.is_invited, one.is_shared, one.row.company.verified_at
    if isinstance(one.row, Person):
        return one.is_invited, one.is_shared, whole and (one.row.user.is_active, one.row.user.has_come_in)
    return ()


def _marks(name: str, values: Values) -> Iterator[Identity]:
    """What a row is known by, and the booth that no other may have."""
    for tier in STORED_SHEETS[name].tiers(values):
        yield from tier
    if "key" in values:
        yield "key", values["key"]
    if "booth" in values:
        yield "booth", values.get("hall"), values["booth"]


def _lock(rows: Iterable[object]) -> None:
    """Keeps others from changing the rows between being read again and being written. SQLite has one writer anyway."""
    if not connection.features.has_select_for_update:
        return
    by_model: dict[type[Model], list[int]] = {}
    for row in rows:
        for part in _written(row):
            by_model.setdefault(type(part), []).append(part.pk)
    for model, keys in by_model.items():
        for some in in_parts(sorted(keys)):
            locked = model._default_manager.filter(pk__in=some).order_by("pk").select_for_update()
            list(locked.values_list("pk"))


def _written(row: object) -> Iterator[Model]:
    """The rows of the database that a row of a sheet is written to, and that others change too."""
    if isinstance(row, Participation):
        yield row.company
    if isinstance(row, Person):
        yield row.user
    elif isinstance(row, Model):
        yield row
