"""Where two people differ who are to be one: each value of both, of which an organiser chooses one."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fairplatform.accounts.locations import country_name
from fairplatform.accounts.models import User
from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.i18n.text import LANGUAGES, Translated

from ..differing import Difference, chosen_values, differing
from .forms import AccountForm

CONTACTS = ("email", "phone", "wechat", "whatsapp")
OWN = ("salutation", *CONTACTS, "language", "country", "zone")


def differences(kept: User, other: User) -> list[Difference]:
    """What there is to choose; where only one of the two has a value, that is taken."""
    return differing(_labels(), _shown(kept), _shown(other))


def values(user: User) -> dict[str, Any]:
    """All values by the name of their choice: `name:en`, `email`."""
    return {f"name:{code}": user.name.get(code, "") for code in LANGUAGES} | {name: getattr(user, name) for name in OWN}


def chosen(kept: User, other: User, choices: Mapping[str, str]) -> dict[str, Any]:
    """The value of each name after the merge; `choices` names those of `other` that win."""
    return chosen_values(values(kept), values(other), choices)


def set_values(user: User, found: Mapping[str, Any]) -> None:
    user.name = Translated({code: found[f"name:{code}"] for code in LANGUAGES if found.get(f"name:{code}")})
    for name in OWN:
        if name in found:
            setattr(user, name, found[name])


def audit_values(found: Mapping[str, Any]) -> dict[str, str]:
    """For the audit log."""
    return {name: str(value) for name, value in found.items() if value}


def _shown(user: User) -> dict[str, str]:
    """In the reader's words."""
    found = {name: str(value) if value else "" for name, value in values(user).items()}
    return found | {
        "salutation": str(user.get_salutation_display()) if user.salutation else "",
        "language": str(LANGUAGE_LABELS.get(user.language, user.language)),
        "country": country_name(user.country),
    }


def _labels() -> Iterator[tuple[str, Promise | str]]:
    yield from ((f"name:{code}", f"{_('Name')} · {LANGUAGE_LABELS[code]}") for code in LANGUAGES)
    for name in OWN:
        yield name, AccountForm.base_fields[name].label or name
