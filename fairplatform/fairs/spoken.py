"""The languages that people of a fair may say they speak."""

from babel import Locale
from babel.languages import get_official_languages

from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import BABEL_LOCALE

from .models import Fair

MOST_USED = ("zh", "en", "ur")


def spoken_languages(fair: Fair, spoken: list[str]) -> list[tuple[str, str]]:
    """Those of the fair and of its two countries, and what this person speaks."""
    official = (
        code for country in (fair.host_country, fair.station_country) for code in get_official_languages(country)
    )
    names = Locale.parse(BABEL_LOCALE[current_language()]).languages
    codes = dict.fromkeys([*MOST_USED, *fair.languages, *official, *spoken])
    return [(code, names.get(code.replace("-", "_"), code)) for code in codes]
