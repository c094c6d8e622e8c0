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
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Cooperation, Fair, Participation
from fairplatform.i18n.text import LANGUAGES, current_language

from . import hs_codes, queries
from .filter_values import FilterValues
from .headcount import companies_speaking
from .models import Demand, Display
from .search import hs_prefix
from .showing import with_logos

MOST_HEADINGS = 50  # that a search takes, of those that match its word
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
    rows = rows.exclude(pk__in=own).select_related("company", "fair")
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
        codes.update(_digits(code) for code in wants)
        cooperation.update(kinds)
    for code, kind in demands.order_by().values_list("hs_code", "kind"):
        codes.add(_digits(code))
        cooperation.add(kind)
    return {
        "heading": sorted(codes - {""}),
        "cooperation": [(one.value, str(one.label)) for one in Cooperation if one.value in cooperation],
        "country": countries,
        "city": sorted(cities, key=itemgetter(1)),
        "kind": queries.kinds(rows, "company"),
    }


def narrow(
    rows: "QuerySet[Participation]", values: FilterValues, demands: "QuerySet[Demand]"
) -> "QuerySet[Participation]":
    """The buyers that match every value, in what they say of themselves or in one of their demands."""
    rows = rows.alias(wanted=Cast("wants", TextField()), open_to=Cast("cooperation", TextField()))
    fields = {"country": "company__country", "city": "company__city", "kind": "company__kind"}
    rows = rows.filter(**{path: values.get(name) for name, path in fields.items() if values.get(name)})
    if query := values.get("q"):
        rows = rows.filter(_matches(query))
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


def _matches(query: str) -> Q:
    """By name, by HS code, or by what the trade calls an HS heading."""
    found = Q()
    for language in LANGUAGES:
        found |= Q(**{f"company__name__{language}__icontains": query.strip()})
    sought = [hs_prefix(query)[:4]] if hs_prefix(query) else hs_codes.headings_matching(query)
    for heading in sought[:MOST_HEADINGS]:
        found |= _wants(heading)
    return found


def _wants(code: str) -> Q:
    """Codes that begin with these digits. SQLite has no `contains` for JSON: stored as `820320` or as `82.03.20`."""
    pairs = ".".join(code[at : at + 2] for at in range(0, len(code), 2))
    found = Q()
    for written in {code, pairs, f"{code[:4]}.{code[4:]}" if len(code) > 4 else code}:
        found |= Q(wanted__contains=f'"{written}')
    return found


def _digits(code: object) -> str:
    return str(code).replace(".", "").replace(" ", "")[:6]


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
