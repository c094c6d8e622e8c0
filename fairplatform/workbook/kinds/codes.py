"""International codes: of countries, currencies, time zones, languages, goods and delivery terms."""

import re
from functools import cache
from zoneinfo import available_timezones

from babel import Locale

from booths import hs_codes
from booths.hs_typed import typed_code
from booths.models import Unit
from fairplatform.i18n.text import LANGUAGES
from fairplatform.i18n.times import BABEL_LOCALE
from fairplatform.i18n.zones import country_codes
from fairplatform.matching.incoterms import INCOTERMS
from fairplatform.money import currencies

from .choices import Choice, folded
from .kind import Cell, Kind, Row, Several, Unread
from .numbers import latin_digits
from .text import as_code, several_codes

_HS = re.compile(r"[0-9]{2,}(?:\.[0-9]+)*")
_LETTER_LANGUAGES = tuple(code.partition("-")[0] for code in LANGUAGES)
_LANGUAGE = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?", re.IGNORECASE
)


class Country(Kind):
    """ISO 3166 alpha-2. A country's name in any of our languages is understood."""

    name = "country"

    def read(self, cell: Cell, row: Row) -> object:
        text = as_code(cell)
        code = text.upper()
        found = code if code in _countries().values() else _countries().get(folded(text))
        if not found:
            raise Unread("country_unknown", text=text[:40])
        return found


class Currency(Kind):
    """ISO 4217, of a currency in use."""

    name = "currency"

    def read(self, cell: Cell, row: Row) -> object:
        code = as_code(cell).upper()
        if code not in currencies.in_use():
            raise Unread("currency_unknown", text=code[:40])
        return code


class Zone(Kind):
    """A time zone of the IANA database."""

    name = "zone"

    def read(self, cell: Cell, row: Row) -> object:
        text = as_code(cell)
        zone = _zones().get(text.casefold().replace(" ", "_"))
        if not zone:
            raise Unread("zone_unknown", text=text[:40])
        return zone


class Language(Kind):
    """A language, BCP 47."""

    name = "language"

    def read(self, cell: Cell, row: Row) -> object:
        return _language(as_code(cell))


class LetterLanguage(Kind):
    """What people are written to in, BCP 47. Who reads another language is written to in English, with a warning."""

    name = "language"

    def read(self, cell: Cell, row: Row) -> object:
        text = as_code(cell)
        spoken = _language(text).partition("-")[0]
        if spoken in _LETTER_LANGUAGES:
            return spoken
        row.warn("language_not_written", text=text[:40])
        return "en"


class Languages(Several):
    """Several languages. Its value is a list."""

    name = "languages"

    def read(self, cell: Cell, row: Row) -> object:
        return list(dict.fromkeys(map(_language, several_codes(cell))))


class LanguagePair(Kind):
    """Two languages between which somebody interprets: `zh-ur`."""

    name = "language_pair"

    def read(self, cell: Cell, row: Row) -> object:
        return _language_pair(as_code(cell))


class LanguagePairs(Several):
    """Several pairs of languages. Its value is a list."""

    name = "language_pairs"

    def read(self, cell: Cell, row: Row) -> object:
        return list(dict.fromkeys(map(_language_pair, several_codes(cell))))


class Hs(Kind):
    """A code of the Harmonized System, 2 to 10 digits with or without points. Its value has digits only."""

    name = "hs"

    def read(self, cell: Cell, row: Row) -> object:
        return hs_digits(as_code(cell), row)


class HsList(Several):
    """Several HS codes. Its value is a list."""

    name = "hs_list"

    def read(self, cell: Cell, row: Row) -> object:
        return list(dict.fromkeys(hs_digits(code, row) for code in several_codes(cell)))


class UnitOfGoods(Choice):
    """What goods are counted in."""

    name = "unit"

    def __init__(self) -> None:
        super().__init__(dict(Unit.choices))


class Incoterm(Choice):
    """Delivery terms of Incoterms 2020."""

    name = "incoterm"

    def __init__(self) -> None:
        super().__init__({term: term for term in INCOTERMS})


def hs_digits(text: str, row: Row) -> str:
    """An HS code that exists, also typed as `HS 8203.20` or `7318-15`. Raises Unread; warns of what is doubtful."""
    plain = latin_digits(text).replace(" ", "")
    plain = plain if _HS.fullmatch(plain) else typed_code(text)
    digits = plain.replace(".", "")
    if not 2 <= len(digits) <= 10:
        raise Unread("hs_code_form", text=text[:40])
    if len(digits) % 2:
        digits = _with_lost_zero(plain, row)
    if not _exists(digits[:4]):
        raise Unread("hs_heading_unknown", text=text)
    if len(digits) >= 6 and not _exists(digits[:6]):
        row.warn("hs_subheading_unknown", text=text, heading=digits[:4])
    return digits


def _with_lost_zero(plain: str, row: Row) -> str:
    """A spreadsheet drops the last zero of 8205.40, which it takes for a number, and the first of 0102."""
    if "." not in plain:
        raise Unread("hs_code_form", text=plain)
    row.warn("hs_zero_lost", text=plain, read=f"{plain}0")
    return plain.replace(".", "") + "0"


@cache
def _exists(code: str) -> bool:
    return hs_codes.exists(code)


def _language(text: str) -> str:
    match = _LANGUAGE.fullmatch(text.replace("_", "-"))
    if not match or match["language"].lower() not in Locale("en").languages:
        raise Unread("language_unknown", text=text[:40])
    script, region = match["script"], match["region"]
    parts = [match["language"].lower(), script.title() if script else "", region.upper() if region else ""]
    return "-".join(part for part in parts if part)


def _language_pair(text: str) -> str:
    parts = re.split(r"\s*[-–/]\s*", text.lower())
    if len(parts) != 2 or parts[0] == parts[1]:
        raise Unread("language_pair_form", text=text[:40])
    return "-".join(_language(part) for part in parts)


@cache
def _countries() -> dict[str, str]:
    """Codes by name. Babel names regions and former countries too; those of today can be called."""
    return {
        folded(name): code
        for language in LANGUAGES
        for code, name in Locale.parse(BABEL_LOCALE[language]).territories.items()
        if code in country_codes()
    }


@cache
def _zones() -> dict[str, str]:
    return {zone.casefold(): zone for zone in available_timezones()}
