"""Companies and people of other fairs whom a workbook names."""

from collections.abc import Iterable

from fairplatform.accounts.models import Company, CompanyIdentifier, User
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import Translated, same_name_key

from ..fields import Values, translated
from ..stored.sheet import in_parts


def _find_companies(fair: Fair | None, registrations: Iterable[str]) -> dict[str, list[Company]]:
    """By registration number, the companies with it that are not in this fair, the longest known first."""
    wanted = sorted(set(filter(None, registrations)))
    found: dict[str, list[Company]] = {}
    for part in in_parts(wanted):
        rows = CompanyIdentifier.objects.filter(scheme=CompanyIdentifier.Scheme.REGISTRATION, value__in=part)
        if fair:
            rows = rows.exclude(company__participations__fair=fair)
        for row in rows.select_related("company").order_by("company"):
            found.setdefault(row.value, []).append(row.company)
    return found


Namesakes = dict[str, list[tuple[int, frozenset[str]]]]
"""By registration number, the keys and names of the companies of other fairs that have it."""


def namesakes(fair: Fair | None, registrations: Iterable[str]) -> Namesakes:
    """With an entry for each number that is asked for."""
    asked = list(registrations)
    found = _find_companies(fair, asked)
    return {number: [(one.pk, names_of(one)) for one in found.get(number, ())] for number in asked}


def names_of(company: Company) -> frozenset[str]:
    """The names that a company is told by, in all languages."""
    return frozenset(same_name_key(name) for name in (*company.name.values(), company.legal_name) if name)


class People:
    """All accounts, by e-mail address and by mobile number, and the addresses that the file has named so far."""

    def __init__(self) -> None:
        self._named: set[str] = set()
        self._by_email: dict[str, int] = {}
        self._by_mobile: dict[str, list[tuple[int, Translated]]] = {}
        for pk, email, phone, name in User.objects.values_list("pk", "email", "phone", "name"):
            if email:
                self._by_email[email.lower()] = pk
            if phone:
                self._by_mobile.setdefault(str(phone), []).append((pk, name))

    def stranger(self, values: Values) -> int | None:
        """The account that a row names which is nobody's of the fair: by its address, else by number and name."""
        email = str(values.get("email") or "").lower()
        if email in self._by_email:
            return self._by_email[email]
        names = {same_name_key(name) for name in translated("name", values).values()}
        for pk, name in self._by_mobile.get(str(values.get("mobile")), ()):
            if names & {same_name_key(text) for text in name.values()}:
                return pk
        return None

    def has_other(self, email: str, own: int | None) -> bool:
        """Whether another account has this address."""
        return bool(email) and self._by_email.get(email, own) != own

    def is_named_again(self, email: str) -> bool:
        """Whether an earlier row of the file has this address."""
        is_again = bool(email) and email in self._named
        self._named.add(email)
        return is_again
