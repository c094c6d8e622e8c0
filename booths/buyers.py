"""The buyers of a fair as its exhibitors see them: who they are and what they want, and nothing to reach them by."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from fairplatform.accounts.models import Staff, User
from fairplatform.content_cache.store import cached
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Cooperation, Fair, Participation
from fairplatform.i18n.text import current_language

from . import queries
from .filter_values import FilterValues
from .filtering import demand_text
from .headcount import companies_speaking
from .hs_codes import HEADING, SUBHEADING
from .models import Demand, Display
from .search import Query, indexed, parse
from .search_texts import cooperation_words, of_company
from .showing import with_logos

DEMANDS_SHOWN = 3  # of each buyer


@dataclass
class Wanted:
    """What is shown of a buyer beside its own row: the languages of its people (codes), and its newest open demands."""

    languages: dict[str, None] = field(default_factory=dict)
    demands: list[Demand] = field(default_factory=list)


def buyers(fair: Fair, person: User) -> "QuerySet[Participation]":
    """The approved buyers that this person may see, without their own companies."""
    rows = Participation.objects.visible_to(person).filter(fair=fair, buys=True, state=Participation.State.APPROVED)
    own = memberships(person, fair.pk).staff_of
    rows = rows.exclude(pk__in=own).select_related("company", "fair", "booth")
    return with_logos(rows, "company").order_by("company__slug")


def open_demands(fair: Fair, person: User, today: date) -> "QuerySet[Demand]":
    """The demands that this person may see and that can be answered. `today`: the date in the fair (`fair_date`)."""
    return Demand.objects.visible_to(person).filter(fair=fair).current(today).order_by("-pk")


def own_headings(fair: Fair, person: User) -> set[str]:
    """The HS headings (four digits) of the products that the person's own companies show in the fair."""
    own = Display.objects.filter(booth__participation__in=memberships(person, fair.pk).staff_of)
    return set(own.values_list(queries.HEADING, flat=True))


def choices(rows: "QuerySet[Participation]", demands: "QuerySet[Demand]") -> dict[str, list[Any]]:
    """The choices of the filters: only what one of these buyers is or wants, or one of their demands."""
    countries, cities = queries.places(rows, "company")
    codes, cooperation = set[str](), set[str]()
    for wants, kinds in rows.order_by().values_list("wants", "cooperation"):
        codes.update(code[:SUBHEADING] for code in wants)
        cooperation.update(kinds)
    for code, kind in demands.order_by().values_list("hs_code", "kind"):
        codes.add(code[:SUBHEADING])
        cooperation.add(kind)
    return {
        "heading": sorted(codes - {""}),
        "cooperation": [(one.value, str(one.label)) for one in Cooperation if one.value in cooperation],
        "country": countries,
        "city": sorted(cities, key=itemgetter(1)),
        "kind": queries.kinds(rows, "company"),
    }


def narrow(
    fair: Fair, rows: "QuerySet[Participation]", values: FilterValues, demands: "QuerySet[Demand]"
) -> "QuerySet[Participation]":
    """The buyers that match every value, in what they say of themselves or in one of their demands."""
    rows = rows.alias(wanted=Cast("wants", TextField()), open_to=Cast("cooperation", TextField()))
    fields = {"country": "company__country", "city": "company__city", "kind": "company__kind"}
    rows = rows.filter(**{path: values.get(name) for name, path in fields.items() if values.get(name)})
    if query := values.get("q"):
        rows = rows.filter(pk__in=_found(fair, parse(query).opened, demands))
    if heading := values.get("heading"):
        asked = demands.filter(hs_code__startswith=heading)
        rows = rows.filter(_wants(heading) | Q(pk__in=asked.values("participation")))
    if cooperation := values.get("cooperation"):
        asked = demands.filter(kind=cooperation)
        rows = rows.filter(Q(open_to__contains=f'"{cooperation}"') | Q(pk__in=asked.values("participation")))
    if values.get("mine"):
        rows = rows.filter(company__in=companies_speaking(current_language()))
    if values.get("demands"):
        rows = rows.filter(pk__in=demands.values("participation"))
    return rows


def _found(fair: Fair, query: Query, demands: "QuerySet[Demand]") -> set[int]:
    """The buyers that have every word: in what is known of the company, in what it wants, or in one of its demands."""
    told = cached(("booths.buyers.words", fair.pk), lambda: _told(fair))
    found = set(told) if query else set[int]()
    for term in query.terms:
        said = {pk for pk, (tokens, wants) in told.items() if term.occurs_in(tokens) or _is_wanted(term.codes, wants)}
        found &= said.union(demands.filter(demand_text(Query((term,)))).values_list("participation", flat=True))
    return found


def _told(fair: Fair) -> dict[int, tuple[frozenset[str], list[str]]]:
    """By buyer, the tokens of what is known of it, and the HS codes that it looks for."""
    rows = Participation.objects.filter(fair=fair, buys=True, state=Participation.State.APPROVED)
    return {
        row.pk: (frozenset(indexed([*of_company(row.company), *cooperation_words(row.cooperation)]).split()), row.wants)
        for row in rows.select_related("company")
    }


def _is_wanted(codes: Collection[str], wants: Collection[str]) -> bool:
    """Whether one of the codes is wanted, or the whole heading that it is under."""
    return any(own.startswith(code) or own == code[:HEADING] for code in codes for own in wants)


def _wants(code: str) -> Q:
    """Codes that begin with these digits. SQLite has no `contains` for JSON."""
    return Q(wanted__contains=f'"{code}')


def wanted_by(rows: Collection[Participation], demands: "QuerySet[Demand]") -> dict[int, Wanted]:
    """By participation, in two queries for a page of buyers."""
    found: dict[int, Wanted] = {row.pk: Wanted() for row in rows}
    of_company = defaultdict(list)
    for row in rows:
        of_company[row.company_id].append(found[row.pk])
    people = Staff.objects.filter(company__in=of_company, user__is_active=True).order_by("pk")
    for company, speaks in people.values_list("company", "user__speaks"):
        for wanted in of_company[company]:
            wanted.languages.update(dict.fromkeys(speaks))
    for demand in demands.filter(participation__in=found):
        if len(found[demand.participation_id].demands) < DEMANDS_SHOWN:
            found[demand.participation_id].demands.append(demand)
    return found
