"""The brief of a meeting: the two companies, their people, and the goods they meet about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_args

from django.db.models import Q
from django.utils.translation import gettext as _

from booths import hs_codes
from booths.hs_codes import HEADING
from booths.match_reasons import ReasonInWords, all_in_words, stored
from booths.models import Booth, Product
from fairplatform.accounts.models import Company, Staff, User
from fairplatform.fairs.models import Participation
from fairplatform.i18n.text import Translated
from fairplatform.matching import Reason
from fairplatform.matching.sides import Code
from fairplatform.policy import Role

from .models import Meeting
from .models.meeting import Side

SHOWN = 3
MOST_GOODS = 12
OF_TERMS = frozenset(get_args(Code)) - {"same_code", "same_heading", "same_chapter", "cooperation", "language"}


@dataclass(frozen=True)
class Heading:
    """An HS heading, its title, and the exhibitor's goods under it."""

    code: str
    title: Translated
    goods: list[Product] = field(default_factory=list)


@dataclass(frozen=True)
class Match:
    """The goods two companies were matched by: what the exhibitor shows, what the buyer looks for, and the reasons."""

    shown: list[Heading]
    wanted: list[Heading]
    reasons: list[Reason]
    is_requested: bool = False

    @property
    def why(self) -> list[ReasonInWords]:
        """In the reader's language. Of a meeting without reasons, what is known besides."""
        if found := all_in_words(self.reasons):
            return found
        if self.is_requested:
            return [ReasonInWords(_("One of the two companies requested this meeting."), is_to_settle=False)]
        return []


def match(meeting: Meeting) -> Match:
    """The match of a meeting. Two queries at most."""
    common = [str(code) for code in meeting.reason.get("hs", [])]
    products = _goods(meeting, common)
    codes = common or list(dict.fromkeys(product.hs6[:HEADING] for product in products))
    wanted = common or [code[:HEADING] for code in meeting.buyer.wants]
    # Of a meeting that is older than its reasons, the headings are what is known.
    of_headings = [{"code": "same_heading", "subject": [code]} for code in common[:SHOWN]]
    reasons = meeting.reason.get("reasons") or of_headings
    return Match(
        shown=[
            Heading(code, hs_codes.short_title(code), [p for p in products if p.hs6.startswith(code)])
            for code in codes[:SHOWN]
        ],
        wanted=[Heading(code, hs_codes.short_title(code)) for code in dict.fromkeys(wanted[:SHOWN])],
        reasons=[one for one in stored(reasons) if _may_be_read(one, meeting)],
        is_requested=bool(meeting.reason.get("request")),
    )


def _may_be_read(reason: Reason, meeting: Meeting) -> bool:
    """The terms of a demand are for companies that do not buy themselves: its rivals do not see every demand."""
    return reason.code not in OF_TERMS or not (reason.is_back or meeting.exhibitor.buys)


def _goods(meeting: Meeting, headings: Iterable[str]) -> list[Product]:
    """What the exhibitor shows under these headings; without any heading, the first of all it shows.

    Of one without a booth at the fair all products count, as in matching.
    """
    of_booth = Q(displays__booth__participation=meeting.exhibitor_id)
    if not Booth.objects.filter(fair=meeting.fair_id, participation__company=meeting.exhibitor.company_id).exists():
        of_booth = Q(company=meeting.exhibitor.company_id)
    rows = Product.objects.filter(of_booth).select_related("picture")
    under = Q()
    for heading in headings:
        under |= Q(hs6__startswith=heading)
    return list(rows.filter(under).distinct().order_by("hs6", "pk")[:MOST_GOODS])


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
