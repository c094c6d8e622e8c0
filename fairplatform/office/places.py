"""Countries, time zones, languages and days of the week to choose from, named in the reader's language."""

from collections.abc import Iterable
from functools import cache
from typing import Literal

from babel.dates import get_day_names
from babel.languages import get_official_languages
from django.utils.translation import gettext as _

from fairplatform.accounts.locations import country_name
from fairplatform.i18n.languages import language_name
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import BABEL_LOCALE, zone_city
from fairplatform.i18n.zones import country_codes, zones_of

Choices = list[tuple[str, str]]


def countries() -> Choices:
    """Every country of ISO 3166, sorted by name."""
    return list(_countries(current_language()))


def zones(*of_countries: str, stored: str = "") -> list[tuple[str, str | Choices]]:
    """Every time zone, in groups: first those of these countries. `stored`, if it has another name, is before them."""
    language = current_language()
    every = _every_zone(language)
    by_other_name = [(stored, stored)] if stored and stored not in dict(every) else []
    named = dict.fromkeys(country for country in of_countries if zones_of(country))
    own = [(country_name(country), _labelled(zones_of(country), language)) for country in named]
    return [*by_other_name, *own, (_("All time zones"), list(every))]


def languages(*of_countries: str, also: Iterable[str] = ()) -> Choices:
    """The languages of the program, those that are official in these countries, and `also` those already chosen."""
    official = [code for country in of_countries for code in get_official_languages(country, de_facto=True)]
    return [(code, language_name(code)) for code in dict.fromkeys(["en", "zh", "ur", *official, *also])]


def pair_name(codes: Iterable[str]) -> str:
    """The languages that an interpreter works between: Chinese–Urdu."""
    return "–".join(language_name(code) for code in codes)


def weekday_name(number: int, width: Literal["abbreviated", "wide"]) -> str:
    """A day of the week by its number in ISO 8601: 1 is Monday."""
    return str(get_day_names(width, locale=BABEL_LOCALE[current_language()])[number - 1])


@cache
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((code, country_name(code)) for code in country_codes()), key=lambda choice: choice[1]))


@cache
def _every_zone(language: str) -> tuple[tuple[str, str], ...]:
    names = {zone for country in country_codes() for zone in zones_of(country)}
    return tuple(_labelled(sorted(names), language))


def _labelled(names: Iterable[str], language: str) -> Choices:
    return [(name, zone_city(name, BABEL_LOCALE[language])) for name in names]
