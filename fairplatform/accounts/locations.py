"""Countries, cities and named places. Those in the lists have a key by which reports count them, and a translation."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from babel import Locale
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.text import LANGUAGES, Translated, current_language, fold, in_every_language
from fairplatform.i18n.times import BABEL_LOCALE

CITY_CHOICES = [
    ("yongkang", _("Yongkang")),
    ("yiwu", _("Yiwu")),
    ("jinhua", _("Jinhua")),
    ("ningbo", _("Ningbo")),
    ("wenzhou", _("Wenzhou")),
    ("taizhou", _("Taizhou")),
    ("hangzhou", _("Hangzhou")),
    ("lahore", _("Lahore")),
    ("karachi", _("Karachi")),
    ("gujranwala", _("Gujranwala")),
    ("faisalabad", _("Faisalabad")),
    ("sialkot", _("Sialkot")),
    ("islamabad", _("Islamabad")),
    ("rawalpindi", _("Rawalpindi")),
]
# The named places of Incoterms: ports, dry ports, airports, and the cities where goods are handed over.
NAMED_PLACE_CHOICES = [
    *CITY_CHOICES,
    ("shanghai", _("Shanghai")),
    ("qingdao", _("Qingdao")),
    ("shenzhen", _("Shenzhen")),
    ("guangzhou", _("Guangzhou")),
    ("port-qasim", _("Port Qasim")),
    ("karachi-airport", _("Karachi Airport")),
    ("lahore-airport", _("Lahore Airport")),
    ("lahore-dry-port", _("Lahore dry port")),
    ("faisalabad-dry-port", _("Faisalabad dry port")),
    ("sialkot-airport", _("Sialkot Airport")),
    ("sialkot-dry-port", _("Sialkot dry port")),
]
CITY_KEY_LENGTH = 60  # characters, as Company.city has
CITY_NAMES = dict(CITY_CHOICES)
LOCATION_NAMES = dict(NAMED_PLACE_CHOICES)


# CLDR's names for these have an English abbreviation in Urdu.
_COUNTRY_NAMES = {"HK": _("Hong Kong, China"), "MO": _("Macao, China")}


def country_name(code: str) -> str:
    """A country (ISO 3166) in the reader's language, as Unicode's CLDR names it; an unknown code as it is."""
    if code in _COUNTRY_NAMES:
        return str(_COUNTRY_NAMES[code])
    return str(Locale.parse(BABEL_LOCALE[current_language()]).territories.get(code, code))


def location_name(code: str) -> str:
    """A city or named place in the reader's language; one that is not in the list is shown as it is stored."""
    return str(LOCATION_NAMES.get(code, code))


def city_label(key: str, name: Mapping[str, str]) -> str:
    """A company's city in the reader's language; `name`: as it was written, where the city is not in the list."""
    return str(Translated(name)) or city_name(key)


def city_words(key: str, name: Mapping[str, str]) -> list[str]:
    """All names of a company's city, for an index that is searched in any language; `name`: as it was written."""
    return [key, *name.values(), *_names_in_the_list(key)]


@cache
def _names_in_the_list(key: str) -> list[str]:
    return in_every_language(CITY_NAMES[key]) if key in CITY_NAMES else []


def city_name(key: str) -> str:
    """A city in the reader's language; of one that is not in the list, what its key was made of: `sao-paulo`."""
    return str(LOCATION_NAMES[key]) if key in LOCATION_NAMES else key.replace("-", " ").title()


def city_key(names: Mapping[str, str]) -> str:
    """The key of a city: that of the list if any of its names is in it, in any language; else made of its name.

    Empty without a name.
    """
    written = [name for language in LANGUAGES if (name := _plain(names.get(language, "")))]
    return listed_city_key(written) or slugify(next(iter(written), ""), allow_unicode=True)[:CITY_KEY_LENGTH].strip("-")


def listed_city_key(names: Iterable[str]) -> str | None:
    """The key of the listed city that any of these names, in any language, or the key itself stands for."""
    known = _keys_by_name()
    forms = (form for name in map(fold, names) for form in (name, *_without_its_kind(name)))
    return next((known[form] for form in forms if form in known), None)


@cache
def _keys_by_name() -> dict[str, str]:
    """The keys of the listed cities by their names in all languages, and by the keys themselves."""
    return {fold(name): key for key, city in CITY_CHOICES for name in (key, *in_every_language(city))}


def _plain(name: str) -> str:
    """A name as keys are made of it: width, capitals and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _without_its_kind(name: str) -> list[str]:
    """永康 for 永康市, Yongkang for Yongkang City."""
    return [name.removesuffix(kind).strip() for kind in ("市", " city") if name.endswith(kind)]
