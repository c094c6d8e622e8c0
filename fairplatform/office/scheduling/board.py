"""The board: one day of a schedule as a table, by firm, by interpreter or by room."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.forms import Filter
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, FairDay, Participation, Slot
from fairplatform.i18n.text import isolated
from meetings.changes.queries import interpreters
from meetings.models import Booking, Meeting, Participant, PlannedBooking, PlannedMeeting, ScheduleVersion
from meetings.models.booking import ROOM

from ..companies.queries import companies, found

BY = [
    ("firm", gettext_lazy("By company")),
    ("interpreter", gettext_lazy("By interpreter")),
    ("room", gettext_lazy("By room")),
]


class BoardFilter(Filter):
    q = forms.CharField(required=False, max_length=100, label=gettext_lazy("Name, number or contact"))
    by = forms.ChoiceField(required=False, label=gettext_lazy("Rows"))
    day = forms.ChoiceField(required=False, label=gettext_lazy("Day"))
    of = forms.ChoiceField(required=False, label=gettext_lazy("Schedule"))

    def __init__(self, values: MultiValueDict[str, str], days: Sequence[tuple[str, str]], *, has_draft: bool) -> None:
        of = [("draft", gettext_lazy("Draft"))] if has_draft else []
        chosen: dict[str, Sequence[Any]] = {
            "by": BY,
            "day": days,
            "of": [*of, ("published", gettext_lazy("Published"))],
        }
        super().__init__(values, **chosen)
        for name, options in chosen.items():  # one of each is always shown: at first the first
            self.fields[name].widget.choices = options


@dataclass(frozen=True)
class Card:
    """A meeting in a cell: a planned one, which can be moved, or a published one."""

    key: int
    at: datetime
    exhibitor: Participation
    buyer: Participation
    interpreter: User | None
    room: str
    url: str
    is_locked: bool = False
    is_pinned: bool = False
    is_draft: bool = False

    def partner_of(self, company: int) -> Participation:
        return self.buyer if company == self.exhibitor.pk else self.exhibitor


@dataclass(frozen=True)
class Line:
    """A row of the table: its name, its page, and the cards of each slot. `company`: whose row it is."""

    name: str
    cells: Sequence[tuple[Slot, Sequence[Card]]]
    url: str = ""
    company: int | None = None


def cards_of_draft(draft: ScheduleVersion, slots: Sequence[Slot]) -> list[Card]:
    begins = {slot.starts_at for slot in slots}
    rows = draft.rows.filter(starts_at__in=begins).select_related("exhibitor__company", "buyer__company", "interpreter")
    booked = PlannedBooking.objects.filter(version=draft, starts_at__in=begins, resource__startswith=ROOM)
    in_rooms = dict(booked.values_list("planned", "resource"))
    return [_planned(draft.fair, row, in_rooms.get(row.pk, "")) for row in rows]


def _planned(fair: Fair, row: PlannedMeeting, room: str) -> Card:
    assert row.starts_at is not None
    url = reverse("office:board_move", args=[fair.slug, row.pk])
    state = {"is_locked": row.is_locked, "is_pinned": row.is_pinned, "is_draft": True}
    return Card(row.pk, row.starts_at, row.exhibitor, row.buyer, row.interpreter, _number(room), url, **state)


def cards_of_meetings(fair: Fair, slots: Sequence[Slot]) -> list[Card]:
    rows = Meeting.objects.with_names().filter(fair=fair, slot__in=slots).exclude(state=Meeting.State.CANCELLED)
    meetings = list(rows)
    named = Participant.objects.filter(meeting__in=meetings, side="").select_related("user")
    who = {one.meeting_id: one.user for one in named}
    booked = Booking.objects.filter(meeting__in=meetings, resource__startswith=ROOM)
    in_rooms = dict(booked.values_list("meeting", "resource"))
    return [
        Card(
            one.pk,
            one.starts_at,
            one.exhibitor,
            one.buyer,
            who.get(one.pk),
            _number(in_rooms.get(one.pk, "")),
            one.get_absolute_url(),
        )
        for one in meetings
    ]


def _number(room: str) -> str:
    return room.removeprefix(ROOM)


def lines(fair: Fair, by: str, cards: Sequence[Card], slots: Sequence[Slot], query: str) -> list[Line]:
    """Those that have a meeting on the day, in the order of their names; `query` narrows by company.

    Without that, of a day with meetings also the interpreters and rooms that have none: who is free is seen.
    """
    everyone = bool(cards) and not query
    if query:
        keys = found(companies(fair), query)
        cards = [card for card in cards if {card.exhibitor.pk, card.buyer.pk} & keys]
    if by == "interpreter":
        return _by_interpreter(cards, slots, interpreters(fair) if everyone else ())
    return _by_room(cards, slots, fair.rooms or 0 if everyone else 0) if by == "room" else _by_firm(fair, cards, slots)


def _by_firm(fair: Fair, cards: Sequence[Card], slots: Sequence[Slot]) -> list[Line]:
    of: dict[int, list[Card]] = defaultdict(list)
    firms: dict[int, Participation] = {}
    for card in cards:
        for company in (card.exhibitor, card.buyer):
            of[company.pk].append(card)
            firms[company.pk] = company
    made = [
        Line(str(firms[key].company.name), _cells(own, slots), reverse("office:company", args=[fair.slug, key]), key)
        for key, own in of.items()
    ]
    return sorted(made, key=lambda line: (line.name.casefold(), line.company or 0))


def _by_interpreter(cards: Sequence[Card], slots: Sequence[Slot], everyone: Iterable[User]) -> list[Line]:
    """Those without one are last."""
    of: dict[int, list[Card]] = defaultdict(list)
    names: dict[int, str] = {}
    for person in everyone:
        of[person.pk], names[person.pk] = [], isolated(person)
    for card in cards:
        key = card.interpreter.pk if card.interpreter else 0
        of[key].append(card)
        names[key] = isolated(card.interpreter) if card.interpreter else _("Without an interpreter")
    keys = sorted(of, key=lambda key: (key == 0, names[key].casefold(), key))
    return [Line(names[key], _cells(of[key], slots)) for key in keys]


def _by_room(cards: Sequence[Card], slots: Sequence[Slot], rooms: int) -> list[Line]:
    """Of a fair without rooms, places that are taken one after the other."""
    of: dict[int, list[Card]] = defaultdict(list, {number: [] for number in range(1, rooms + 1)})
    taken: dict[datetime, int] = defaultdict(int)
    for card in sorted(cards, key=lambda card: (card.at, card.room == "", card.room, card.key)):
        taken[card.at] += 1
        of[int(card.room) if card.room else taken[card.at]].append(card)
    return [Line(_("Room %(number)s") % {"number": key}, _cells(of[key], slots)) for key in sorted(of)]


def _cells(cards: Sequence[Card], slots: Sequence[Slot]) -> list[tuple[Slot, Sequence[Card]]]:
    at: Mapping[datetime, list[Card]] = defaultdict(list)
    for card in cards:
        at[card.at].append(card)
    return [(slot, at[slot.starts_at]) for slot in slots]


def days(fair: Fair) -> Iterator[tuple[FairDay, list[Slot]]]:
    """Those that have slots."""
    of: dict[Any, list[Slot]] = defaultdict(list)
    for slot in fair.slots.select_related("day").order_by("number"):
        of[slot.day].append(slot)
    yield from of.items()
