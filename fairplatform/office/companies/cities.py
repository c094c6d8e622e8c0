"""A company's city: of the list, or as it is written."""

from collections.abc import Mapping

from fairplatform.accounts.locations import CITY_NAMES, city_key
from fairplatform.accounts.models import Company
from fairplatform.i18n.text import LANGUAGES, Translated, in_every_language


def city_names(company: Company) -> Translated:
    """The city's name in every language it is known in."""
    if company.city_name or not company.city:
        return Translated(company.city_name)
    return Translated(zip(LANGUAGES, in_every_language(CITY_NAMES.get(company.city, company.city)), strict=True))


def key_and_names(names: Mapping[str, str]) -> tuple[str, Translated]:
    """The key of a city, and its names where it is not in the list."""
    key = city_key(names)
    return key, Translated() if key in CITY_NAMES else Translated(names)
