"""In which languages two companies can speak to each other, and who of the fair could interpret between them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from babel.languages import get_official_languages

from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Fair, Participation, RoleAssignment
from fairplatform.policy import Role

Languages = frozenset[str]
"""Main subtags of BCP 47: zh, ur."""


@dataclass(frozen=True)
class Spoken:
    """`is_known`: by its people; else they are the official ones of its country."""

    languages: Languages
    is_known: bool


@dataclass(frozen=True)
class Interpreter:
    """`pairs`: the languages between which they interpret."""

    user: int
    pairs: frozenset[Languages]
    max_minutes_a_day: int | None
    on_call: bool

    def interprets(self, ones: Languages, others: Languages) -> bool:
        return any(a in pair and pair - {a} & others for pair in self.pairs for a in pair & ones)


class Tongues:
    """Of all companies of a fair, and its interpreters. Those on call have no meetings but those they are named for."""

    def __init__(self, fair: Fair, companies: Iterable[Participation]) -> None:
        self._companies = {one.pk: one for one in companies}
        self.interpreters = _interpreters(fair)

    @cached_property
    def _spoken(self) -> Mapping[int, Languages]:
        spoken, written = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
        rows = Staff.objects.filter(
            company__in={one.company_id for one in self._companies.values()}, user__is_active=True
        )
        for company, languages, write_in in rows.values_list("company", "user__speaks", "user__language"):
            spoken[company].update(map(main, languages))
            written[company].add(main(write_in))
        return {company: frozenset(spoken[company] or written[company]) for company in written}

    def of(self, participation: int) -> Spoken:
        """What its people speak; of people of whom it is not known, what they are written to in."""
        company = self._companies[participation].company
        known = self._spoken.get(company.pk)
        if known:
            return Spoken(known, is_known=True)
        return Spoken(frozenset(map(main, get_official_languages(company.country))), is_known=False)

    def can_talk(self, one: int, other: int) -> bool:
        """Whether they share a language, or somebody can interpret. What is not known hinders nobody."""
        a, b = self.of(one), self.of(other)
        if not (a.is_known and b.is_known) or a.languages & b.languages:
            return True
        return any(who.interprets(a.languages, b.languages) for who in self.interpreters if not who.on_call)

    def share(self, one: int, other: int) -> bool:
        a, b = self.of(one), self.of(other)
        return a.is_known and b.is_known and bool(a.languages & b.languages)

    def are_known(self, one: int, other: int) -> bool:
        return self.of(one).is_known and self.of(other).is_known


def main(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def pair_of(written: str) -> Languages:
    """`zh-ur`, in whichever order."""
    return frozenset(written.lower().split("-"))


def _interpreters(fair: Fair) -> list[Interpreter]:
    rows = RoleAssignment.objects.filter(fair=fair, role=Role.INTERPRETER, user__is_active=True).order_by("pk")
    return [
        Interpreter(row.user_id, frozenset(map(pair_of, row.language_pairs)), row.max_minutes_a_day, row.on_call)
        for row in rows
    ]
