"""The brief of a meeting: the two companies, their people, and the goods they meet about."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booths import hs_codes
from booths.hs_codes import HEADING
from booths.models import Product
from fairplatform.accounts.models import Company, Staff, User
from fairplatform.fairs.models import Participation
from fairplatform.i18n.text import Translated
from fairplatform.policy import Role

from .models import Meeting
from .models.meeting import Side

SHOWN = 3
MOST_GOODS = 12


@dataclass(frozen=True)
class Heading:
    """An HS heading, its title, and the exhibitor's goods under it."""

    code: str
    title: Translated
    goods: list[Product] = field(default_factory=list)


@dataclass(frozen=True)
class Match:
    """The goods two companies were matched by: what the exhibitor shows, what the buyer looks for, and the reason."""

    shown: list[Heading]
    wanted: list[Heading]
    why: str


def match(meeting: Meeting) -> Match:
    """The match of a meeting, its reason in the reader's language. One query."""
    common = [str(code) for code in meeting.reason.get("hs", [])]
    products = _goods(meeting, common)
    codes = common or list(dict.fromkeys(product.hs6[:HEADING] for product in products))
    wanted = common or [code[:HEADING] for code in meeting.buyer.wants]
    return Match(
        shown=[
            Heading(code, hs_codes.short_title(code), [p for p in products if p.hs6.startswith(code)])
            for code in codes[:SHOWN]
        ],
        wanted=[Heading(code, hs_codes.short_title(code)) for code in dict.fromkeys(wanted[:SHOWN])],
        why=_why(meeting, common),
    )


def _goods(meeting: Meeting, headings: Iterable[str]) -> list[Product]:
    """What the exhibitor shows under these headings; without any heading, the first of all it shows."""
    rows = Product.objects.filter(displays__booth__participation=meeting.exhibitor_id).select_related("picture")
    under = Q()
    for heading in headings:
        under |= Q(hs6__startswith=heading)
    return list(rows.filter(under).distinct().order_by("hs6", "pk")[:MOST_GOODS])


def _why(meeting: Meeting, common: list[str]) -> str:
    """The reason for the match, in one sentence."""
    if common:
        named = common[:SHOWN]
        words = ngettext(
            "Both companies listed HS heading %(headings)s.",
            "Both companies listed HS headings %(headings)s.",
            len(named),
        )
        return words % {"headings": " · ".join(named)}
    if not meeting.reason.get("request"):
        return ""
    return _("One of the two companies requested this meeting.")


@dataclass(frozen=True)
class CompanyBrief:
    """One company of a meeting, and its participants with their positions in it."""

    side: Side
    participation: Participation
    people: list[tuple[User, str]]

    @property
    def company(self) -> Company:
        return self.participation.company


def companies(meeting: Meeting) -> dict[Side, CompanyBrief]:
    """Both companies with their people. One query, for the positions."""
    staff = _positions(meeting)
    briefs = {}
    for side, participation in ((Side.EXHIBITOR, meeting.exhibitor), (Side.BUYER, meeting.buyer)):
        people = [
            (named.user, staff[named.user_id].get_position_display() if named.user_id in staff else "")
            for named in meeting.participants.all()
            if named.side == side
        ]
        briefs[side] = CompanyBrief(side, participation, people)
    return briefs


def partner_first(meeting: Meeting, side: str | None) -> list[CompanyBrief]:
    """Both companies, the other one than `side` first; for people on neither side the exhibitor."""
    return sorted(companies(meeting).values(), key=lambda brief: brief.side == side)


def _positions(meeting: Meeting) -> dict[int, Staff]:
    """The staff rows of the participants in the two companies, by user."""
    both = (meeting.exhibitor.company_id, meeting.buyer.company_id)
    people = [named.user_id for named in meeting.participants.all()]
    return {member.user_id: member for member in Staff.objects.filter(company__in=both, user__in=people)}


def interpreters(meeting: Meeting) -> list[User]:
    return [named.user for named in meeting.participants.all() if named.role == Role.INTERPRETER]
