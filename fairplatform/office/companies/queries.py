"""The companies of a fair as its organisers see them, and the filters of their list."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Lower

from booths.search import words
from booths.search_words import folded
from fairplatform.accounts.models import CompanyIdentifier, Staff
from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.models.participation import ParticipationQuerySet
from fairplatform.i18n.text import FALLBACK, LANGUAGES, current_language

from ..matching import person_has

SORTS = {
    "": ("shown_name",),
    "city": ("company__country", "company__city", "shown_name"),
    "hall": (F("hall__number").asc(nulls_last=True), F("booth__sort_key").asc(nulls_last=True), "shown_name"),
    "unit": (F("unit__key").asc(nulls_last=True), "unit", "shown_name"),
    "state": ("state", "shown_name"),
    "new": ("-pk",),
}
WITHOUT = {
    "people": Q(has_people=False),
    # Those of a company that is only invited are not asked for.
    "languages": Q(has_people=True, says_languages=False) & ~Q(state=Participation.State.INVITED),
    "hall": Q(sells=True, hall__isnull=True),
    **{code: Q(**{f"company__name__{code}__isnull": True}) | Q(**{f"company__name__{code}": ""}) for code in LANGUAGES},
}


def companies(fair: Fair) -> ParticipationQuerySet:
    """All companies of the fair, in any state, by their name in the reader's language."""
    language = current_language()
    name = Lower(Coalesce(*(KeyTextTransform(code, "company__name") for code in (language, *FALLBACK[language]))))
    staff = Staff.objects.filter(company=OuterRef("company"))
    speaking = staff.filter(user__is_active=True).exclude(user__speaks=[])
    rows = Participation.objects.filter(fair=fair).annotate(
        shown_name=name, has_people=Exists(staff), says_languages=Exists(speaking)
    )
    return rows.select_related("company", "unit", "hall", "booth").order_by(*SORTS[""], "pk")


def narrow(rows: ParticipationQuerySet, values: Mapping[str, Any]) -> ParticipationQuerySet:
    """Those that match every filter, in the order asked for."""
    if part := values.get("part"):
        rows = rows.filter(**{part: True})
    for name, field in (
        ("state", "state"),
        ("unit", "unit"),
        ("hall", "hall__number"),
        ("country", "company__country"),
    ):
        if value := values.get(name):
            rows = rows.filter(**{field: value})
    if without := values.get("without"):
        rows = rows.filter(WITHOUT[without])
    if query := values.get("q"):
        rows = rows.filter(pk__in=found(rows, query))
    return rows.order_by(*SORTS[values.get("sort", "")], "pk")


def found(rows: ParticipationQuerySet, query: str) -> set[int]:
    """The keys of those whose names, identifiers, contacts or people have every word of the query, in any script.

    Companies are compared here and not in the database: a fair has a few thousand, and no column holds all of this.
    """
    texts = _search_texts(rows)
    keys = set(texts)
    for word in words(query):
        people = Staff.objects.filter(person_has(word, at="user__")).values("company")
        of_people = set(rows.accepted().filter(company__in=people).values_list("pk", flat=True))
        keys &= of_people | {pk for pk, text in texts.items() if word in text}
    return keys


def _search_texts(rows: ParticipationQuerySet) -> dict[int, str]:
    parts: dict[int, list[str]] = defaultdict(list)
    own: dict[int, int] = {}
    columns = ("pk", "company_id", "key", "company__name", "company__legal_name", "contact_name", "contact_mobile")
    for pk, company, key, name, legal, contact, mobile in rows.order_by().values_list(*columns):
        own[company] = pk
        parts[pk] += [key, *name.values(), legal, *contact.values(), _plain_number(mobile)]
    numbers = CompanyIdentifier.objects.filter(company__in=rows.accepted().order_by().values("company"))
    for company, value in numbers.values_list("company_id", "value"):
        parts[own[company]].append(value)
    return {pk: folded(" · ".join(filter(None, texts))) for pk, texts in parts.items()}


def _plain_number(number: str) -> str:
    """A telephone number as written, and without its spaces and hyphens."""
    return f"{number} {number.replace(' ', '').replace('-', '')}"


def counts(fair: Fair) -> dict[str, int]:
    """How many companies of the fair there are in each state."""
    rows = Participation.objects.filter(fair=fair).order_by().values_list("state").annotate(number=Count("pk"))
    return dict(rows)


def countries(fair: Fair) -> list[str]:
    """The countries that the fair's companies come from."""
    return sorted(fair.participations.order_by().values_list("company__country", flat=True).distinct())
