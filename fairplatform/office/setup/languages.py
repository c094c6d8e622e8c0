"""Which languages of a fair's companies need an interpreter between them."""

from itertools import product

from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import Role

Pair = tuple[str, str]


def pairs_without_interpreter(fair: Fair) -> tuple[list[Pair], bool]:
    """Pairs that no interpreter of the fair works in, the exhibitors' language first; and whether any is needed.

    A pair is needed where an exhibitor's and a buyer's people have no language in common. Companies none of whose
    people has said what they speak are left out.
    """
    apart = [
        (sellers, buyers)
        for sellers, buyers in product(_spoken(fair, "sells"), _spoken(fair, "buys"))
        if not sellers & buyers
    ]
    interpreted = _interpreted(fair)
    missing = [
        (min(sellers), min(buyers))
        for sellers, buyers in apart
        if not any(frozenset(pair) in interpreted for pair in product(sellers, buyers))
    ]
    return sorted(set(missing)), bool(apart)


def _spoken(fair: Fair, role: str) -> set[frozenset[str]]:
    """The sets of languages that the companies of one role speak, each once."""
    companies: dict[int, set[str]] = {}
    taking_part = fair.participations.filter(state=Participation.State.APPROVED, **{role: True})
    people = Staff.objects.filter(company__in=taking_part.values("company"), user__is_active=True)
    for company, languages in people.values_list("company", "user__speaks"):
        companies.setdefault(company, set()).update(code.partition("-")[0].lower() for code in languages)
    return {frozenset(languages) for languages in companies.values() if languages}


def _interpreted(fair: Fair) -> set[frozenset[str]]:
    rows = fair.roles.filter(role=Role.INTERPRETER, user__is_active=True).values_list("language_pairs", flat=True)
    return {frozenset(pair.lower().split("-")) for pairs in rows for pair in pairs}
