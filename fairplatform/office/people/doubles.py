"""People of one fair who may be one person entered twice."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.fairs import members
from fairplatform.fairs.models import Fair, Registration, RoleAssignment
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.text import fold

from .alike import name_keys, sound_alike

MOST_ALIKE = 20  # people with one number or name, beyond which it is a switchboard or a word
MOST_TOGETHER = 60  # people of one company, beyond which their names are not compared from script to script
SHORTEST_NUMBER = 7  # digits of a mobile number


class Reason(TextChoices):
    """Why two people are suspected, the strongest first."""

    EMAIL = "email", _("The same email address")
    MOBILE = "mobile", _("The same mobile number")
    NAME = "name", _("Nearly the same name in the same company or role")


class Suspicion(NamedTuple):
    """The keys of two accounts, the earlier first."""

    first: int
    second: int
    reason: Reason


@dataclass
class _Known:
    """What is compared of one person. `places`: their companies, and the roles that they have without one."""

    name: dict[str, str]
    places: set[object] = field(default_factory=set)


def suspected(fair: Fair, organiser: Viewer) -> list[Suspicion]:
    """Every such pair, each by its strongest reason.

    Whoever is only invited is left out, as nothing of their account is this fair's to see; deactivated people too.
    """
    elsewhere = Elsewhere.of(organiser.pk)
    asked = Registration.objects.filter(fair=fair).invited().values("user")
    rows = members.people(fair, elsewhere).filter(is_active=True).exclude(pk__in=asked).order_by("pk")
    known: dict[int, _Known] = {}
    by_email: dict[object, set[int]] = defaultdict(set)
    by_mobile: dict[object, set[int]] = defaultdict(set)
    for pk, name, email, phone, whatsapp in rows.values_list("pk", "name", "email", "phone", "whatsapp"):
        known[pk] = _Known(name)
        if email:
            by_email[fold(email)].add(pk)
        for number in filter(None, map(_digits, (str(phone), whatsapp))):
            by_mobile[number].add(pk)
    _add_places(known, fair, elsewhere)
    found: dict[tuple[int, int], Reason] = {}
    for groups, reason in ((by_email, Reason.EMAIL), (by_mobile, Reason.MOBILE), (_by_name(known), Reason.NAME)):
        for pair in _pairs(groups):
            found.setdefault(pair, reason)
    for pair in _in_two_scripts(known):
        found.setdefault(pair, Reason.NAME)
    order = list(Reason)
    return sorted(
        (Suspicion(*pair, reason) for pair, reason in found.items()), key=lambda one: (order.index(one.reason), one)
    )


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", fold(number))
    return digits if len(digits) >= SHORTEST_NUMBER else ""


def _add_places(known: dict[int, _Known], fair: Fair, elsewhere: Elsewhere) -> None:
    for user, company in members.positions(fair, elsewhere).values_list("user", "company"):
        if user in known:
            known[user].places.add(company)
    for user, role in RoleAssignment.objects.filter(fair=fair).values_list("user", "role"):
        if user in known:
            known[user].places.add(role)


def _by_name(known: dict[int, _Known]) -> dict[object, set[int]]:
    groups: dict[object, set[int]] = defaultdict(set)
    for pk, person in known.items():
        for key in name_keys(person.name):
            for place in person.places:
                groups[place, key].add(pk)
    return groups


def _in_two_scripts(known: dict[int, _Known]) -> Iterator[tuple[int, int]]:
    together: dict[object, list[int]] = defaultdict(list)
    for pk, person in known.items():
        for place in person.places:
            together[place].append(pk)
    for people in together.values():
        if len(people) <= MOST_TOGETHER:
            yield from (pair for pair in combinations(people, 2) if sound_alike(*(known[pk].name for pk in pair)))


def _pairs(groups: dict[object, set[int]]) -> Iterator[tuple[int, int]]:
    for keys in groups.values():
        if len(keys) <= MOST_ALIKE:
            yield from combinations(sorted(keys), 2)
