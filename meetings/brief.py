"""What two companies have for each other, in the words of their reader."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booths import hs_codes
from booths.models import Product

from . import queries
from .models import Meeting
from .models.meeting import Side

SHOWN = 3


@dataclass(frozen=True)
class Heading:
    """An HS heading, its title in the nomenclature's own language, and the exhibitor's goods under it."""

    code: str
    title: str
    goods: list[Product] = field(default_factory=list)


@dataclass(frozen=True)
class Match:
    """The goods that bring a meeting about: what one shows, what the other looks for, and why they were matched."""

    shown: list[Heading]
    wanted: list[Heading]
    why: str


def match(meeting: Meeting, side: str | None) -> Match:
    """Read by somebody of `side`, or by an interpreter (None). One query."""
    common = [str(code) for code in meeting.reason.get("hs", [])]
    products = queries.goods(meeting, common)
    codes = common or list(dict.fromkeys(product.hs6[:4] for product in products))
    wanted = common or [str(code).replace(".", "")[:4] for code in meeting.buyer.wants]
    return Match(
        shown=[
            Heading(code, hs_codes.short_title(code), [p for p in products if p.hs6.startswith(code)])
            for code in codes[:SHOWN]
        ],
        wanted=[Heading(code, hs_codes.short_title(code)) for code in dict.fromkeys(wanted[:SHOWN])],
        why=_why(meeting, common, side),
    )


def _why(meeting: Meeting, common: list[str], side: str | None) -> str:
    """The reason for the match, in one sentence."""
    if common:
        named = common[:SHOWN]
        words = ngettext(
            "Both companies named heading %(headings)s.", "Both companies named headings %(headings)s.", len(named)
        )
        return words % {"headings": " · ".join(named)}
    if not meeting.reason.get("request"):
        return ""
    return _("One of the two companies asked for this meeting.")


@dataclass(frozen=True)
class Company:
    """One company of a meeting as the other one reads of it: who sits at the table, in which position."""

    side: Side
    participation: Any
    people: list[tuple[Any, str]]

    @property
    def company(self) -> Any:
        return self.participation.company


def companies(meeting: Meeting) -> dict[Side, Company]:
    """Both companies with their people; one query for the positions."""
    places = queries.positions(meeting)
    found = {}
    for side, participation in ((Side.EXHIBITOR, meeting.exhibitor), (Side.BUYER, meeting.buyer)):
        people = [
            (named.user, places[named.user_id].get_position_display() if named.user_id in places else "")
            for named in meeting.participants.all()
            if named.side == side
        ]
        found[side] = Company(side, participation, people)
    return found
