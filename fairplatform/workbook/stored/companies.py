"""Companies: what they are, their part in the fair, their identifiers, and whose sole agents they are."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch

from booths.placing import place
from booths.search_index import index_again
from fairplatform.accounts.locations import city_key
from fairplatform.accounts.models import Company, CompanyIdentifier
from fairplatform.fairs.keys import give_slugs
from fairplatform.fairs.models import Fair, Participation, SoleAgency
from fairplatform.fairs.sharing import Elsewhere

from ..fields import (
    Amount,
    Field,
    Plain,
    Reference,
    Telephone,
    Values,
    Words,
    attributes_of,
    columns_of,
    read_all,
    translated,
    words,
    write_all,
)
from ..keys import KeyBook
from ..places import city_cells, key_of, listed_city
from .sheet import Change, Stored, Tiers, Work, by_names, delete_of, give_keys, save

SCHEMES = tuple(str(scheme) for scheme in CompanyIdentifier.Scheme.values)
# What a company is wherever it takes part; the rest of the sheet is its part in this fair.
COMPANY: tuple[Plain | Words, ...] = (
    Words("name"),
    Plain("country"),
    Plain("kind"),
    Plain("prefecture"),
    Plain("county"),
    Plain("legal_name"),
    Plain("founded"),
    Plain("employees"),
    Plain("new_to_market", "is_new_to_partner_country"),
    Words("tagline"),
    Words("story"),
    Words("address"),
)
PARTICIPATION: tuple[Field, ...] = (
    Plain("key"),
    Plain("sells"),
    Plain("buys"),
    Reference("hall", "halls", "hall_id"),
    Reference("recruiting_unit", "units", "unit_id"),
    Words("contact_name"),
    Telephone("contact_mobile", country=attrgetter("company.country")),
    Plain("contact_position"),
    Amount("plan_12_months", "plan_currency", "plan_minor"),
    Plain("suppliers"),
    Plain("sells_hs", "offers"),
    Plain("wants_hs", "wants"),
    Plain("cooperation"),
    Plain("desks"),
    Plain("min_meetings"),
    Plain("max_meetings"),
    Plain("remarks"),
)
NAMES = ("name_en", "name_zh", "name_ur")
CITY = ("city_en", "city_zh", "city_ur")
COMPANY_COLUMNS = columns_of(COMPANY) | {*CITY, *SCHEMES}
# An invited company is shown by these alone of what it is elsewhere.
SHOWN_OF_INVITED = (*NAMES, "country", *CITY)


class CompanySheet:
    name = "companies"

    def read(self, fair: Fair, keys: KeyBook, elsewhere: Elsewhere) -> list[Stored]:
        agencies = SoleAgency.objects.order_by("pk")
        rows = list(
            Participation.objects.filter(fair=fair)
            .select_related("company", "booth")
            .prefetch_related("company__identifiers", Prefetch("sole_agencies", agencies, to_attr="agencies"))
            .order_by("pk")
        )
        found = [Stored(self._cells(row, keys), row, is_invited=_is_invited(row)) for row in rows]
        give_keys(found, lambda row: [row.company.slug])
        for stored in found:
            keys.add(self.name, stored.values["key"], stored.row.pk)
        for stored in found:
            stored.values |= _principals(stored.row, keys)
        return found

    def _cells(self, row: Any, keys: KeyBook) -> dict[str, object]:
        cells = read_all(COMPANY, row.company, keys) | _city(row.company)
        if _is_invited(row):
            cells = {column: cell for column, cell in cells.items() if column in SHOWN_OF_INVITED}
        else:
            cells |= {one.scheme: one.value for one in row.company.identifiers.all()} | {"state": row.state}
        booth = getattr(row, "booth", None)
        return cells | read_all(PARTICIPATION, row, keys) | ({"booth": booth.number} if booth else {})

    def tiers(self, values: Values) -> Tiers:
        registration = values.get("registration")
        # In whatever language the city is named.
        cities = {key_of(cell) for cell in city_cells(values).values()}
        placed = [one for city in sorted(cities) for one in by_names("name", values, values.get("country"), city)]
        return [[("registration", registration)] if registration else [], placed]

    def store(self, work: Work, changes: Sequence[Change]) -> None:
        rows = [change.stored.row if change.stored else _new(work, change) for change in changes]
        accepted = [(row, change) for row, change in zip(rows, changes, strict=True) if not _is_invited(row)]
        for row, change in accepted:
            if change.stored:
                row.decide(str(change.values["state"]))
            else:
                row.state = change.values["state"]
        own = [(row, change) for row, change in accepted if not (change.stored and change.stored.is_shared)]
        for row, change in own:
            write_all(COMPANY, row.company, change.values, work.keys)
            row.company.city = city_of(change.values)
            cells = {} if listed_city(row.company.city) else city_cells(change.values)
            row.company.city_name = translated("city", cells)
        give_slugs([row.company for row, _change in own if row.company.pk is None])
        save(Company, [row.company for row, _change in own], [*attributes_of(COMPANY), "city", "city_name"])
        for row, change in zip(rows, changes, strict=True):
            row.company = row.company  # its primary key, now that it has one
            write_all(PARTICIPATION, row, change.values, work.keys)
        save(Participation, rows, [*attributes_of(PARTICIPATION), "state", "told_state"])
        for row, change in zip(rows, changes, strict=True):
            work.keys.add(self.name, change.values["key"], row.pk)
        _store_identifiers(own)
        _store_agencies(rows, changes, work.keys)
        numbers = {row.pk: str(change.values["booth"]) for row, change in accepted if "booth" in change.values}
        place([row for row, _change in accepted], numbers)
        index_again([row.company_id for row, change in zip(rows, changes, strict=True) if change.stored])


def _is_invited(row: Participation) -> bool:
    return row.state == Participation.State.INVITED


def _new(work: Work, change: Change) -> Participation:
    """A participation of a new company, or of the company of another fair that is invited."""
    if change.invites is None:
        return Participation(fair=work.the_fair, company=Company())
    company = Company.objects.get(pk=change.invites)
    return Participation(fair=work.the_fair, company=company, state=Participation.State.INVITED)


def city_of(values: Values) -> str:
    """The key of the city that a row names in whatever language."""
    return city_key(translated("city", values))


def _city(company: Company) -> dict[str, object]:
    return (
        listed_city(company.city)
        or words("city", company.city_name)
        or ({"city_en": company.city} if company.city else {})
    )


def _store_identifiers(own: Sequence[tuple[Participation, Change]]) -> None:
    """Replaces the identifiers of companies whose identifiers changed."""
    concerned = [
        (row.company, change) for row, change in own if not change.stored or not change.changed.isdisjoint(SCHEMES)
    ]
    known = [company.pk for company, change in concerned if change.stored]
    delete_of(CompanyIdentifier.objects, "company", known)
    CompanyIdentifier.objects.bulk_create(
        CompanyIdentifier(company=company, scheme=scheme, value=str(change.values[scheme]))
        for company, change in concerned
        for scheme in SCHEMES
        if change.values.get(scheme)
    )


def _principals(row: Any, keys: KeyBook) -> dict[str, object]:
    names = [keys.key("companies", agency.principal_id) or agency.principal_name for agency in row.agencies]
    return {"sole_agent_of": names} if names else {}


def _store_agencies(rows: Sequence[Participation], changes: Sequence[Change], keys: KeyBook) -> None:
    concerned = [(row, change) for row, change in zip(rows, changes, strict=True) if _agencies_differ(change)]
    delete_of(SoleAgency.objects, "participation", [row.pk for row, change in concerned if change.stored])
    agencies = []
    for row, change in concerned:
        names = change.values.get("sole_agent_of")
        for name in names if isinstance(names, list) else []:
            principal = keys.row("companies", name)
            agencies.append(
                SoleAgency(
                    participation=row, principal_id=principal, principal_name="" if principal else str(name)[:200]
                )
            )
    SoleAgency.objects.bulk_create(agencies)


def _agencies_differ(change: Change) -> bool:
    return "sole_agent_of" in (change.changed if change.stored else change.values)
