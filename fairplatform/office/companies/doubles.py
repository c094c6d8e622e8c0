"""Companies of one fair that may be the same: an identifier in common, or nearly the same name in the same city."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from fairplatform.accounts.models import Company, CompanyIdentifier
from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.text import fold, same_name_key

# Of names of this length on, one letter more, less or other is nearly the same.
NEARLY_FROM = 6
MOST_ALIKE = 20  # companies with one name, beyond which it is no name but a word
_LEGAL_FORMS = re.compile(
    r"\b(co|company|corp|corporation|inc|limited|ltd|llc|fze|fzco|pvt|private|smc|factory|enterprises?)\b"
    r"|股份有限公司|有限责任公司|有限公司|公司|厂|پرائیویٹ|لمیٹڈ|کمپنی"
)


@dataclass(frozen=True)
class Double:
    """Two companies; `number`: they have an identifier in common, else the name and the city."""

    first: Participation
    second: Participation
    number: bool


def suspected(fair: Fair) -> list[Double]:
    """Every such pair, those with the same identifier first."""
    ended = (Participation.State.REFUSED, Participation.State.WITHDRAWN)
    rows = Participation.objects.filter(fair=fair).exclude(state__in=ended).select_related("company", "unit")
    by_key = {row.pk: row for row in rows.prefetch_related("company__identifiers").order_by("pk")}
    by_number = set(_pairs(_by_number(by_key.values())))
    by_name = set(_pairs(_by_name(by_key.values()))) - by_number
    return [
        Double(by_key[first], by_key[second], number)
        for pairs, number in ((by_number, True), (by_name, False))
        for first, second in sorted(pairs)
    ]


def registered_as(fair: Fair, number: str, *, but: int | None) -> Company | None:
    """The company of the fair with this registration number, but for one (by its key).

    What is known of a company of another fair stays unknown until it accepts its invitation.
    """
    rows = CompanyIdentifier.objects.filter(
        scheme=CompanyIdentifier.Scheme.REGISTRATION,
        company__in=Participation.objects.filter(fair=fair).accepted().values("company"),
    ).exclude(company=but)
    wanted = _plain_number(number)
    return next((row.company for row in rows.select_related("company") if _plain_number(row.value) == wanted), None)


def _plain_number(number: str) -> str:
    return re.sub(r"\W", "", fold(number))


def plain_name(name: str) -> str:
    """A name without its legal form, spaces and punctuation."""
    return same_name_key(_LEGAL_FORMS.sub(" ", fold(name).replace(".", " "))).replace(" ", "")


def _pairs(groups: dict[object, set[int]]) -> Iterator[tuple[int, int]]:
    for keys in groups.values():
        if len(keys) <= MOST_ALIKE:
            yield from combinations(sorted(keys), 2)


def _by_number(rows: Iterable[Participation]) -> dict[object, set[int]]:
    own = {row.company_id: row.pk for row in rows}
    groups: dict[object, set[int]] = defaultdict(set)
    for company, value in CompanyIdentifier.objects.filter(company__in=own).values_list("company_id", "value"):
        if number := _plain_number(value):
            groups[number].add(own[company])
    return groups


def _by_name(rows: Iterable[Participation]) -> dict[object, set[int]]:
    groups: dict[object, set[int]] = defaultdict(set)
    for row in rows:
        for name in row.company.name.values():
            for form in _nearly(plain_name(name)):
                groups[row.company.country, row.company.city, form].add(row.pk)
    return groups


def _nearly(name: str) -> set[str]:
    """The name, and a long one without each of its letters: two that share a form differ by a letter."""
    if len(name) < NEARLY_FROM:
        return {name} - {""}
    return {name} | {name[:n] + name[n + 1 :] for n in range(len(name))}
