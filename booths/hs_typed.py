"""HS codes as people type them: named as a code or not, with anything between their digits."""

import re

from .hs_codes import HEADING, exists
from .search_words import folded

_TYPED = re.compile(
    r"(?P<named>(?<!\w)(?:(?:h\.?\s?s\.?|pct|hts|hsn)\W*(?:codes?|no|编码|编号|کوڈ)?"
    r"|(?:海关|商品)?(?:编码|编号)|税号|ایچ ایس(?: کوڈ)?|پی سی ٹی(?: کوڈ)?)\W*)?"
    r"(?P<code>\d(?:[\s.\-–·]*\d)*)"
)
_SHORTEST_CODE, _LONGEST_CODE = 2, 10


def typed_number(text: str) -> str:
    """The digits of a text that is nothing but a number, named as an HS code or not; else empty."""
    found = _TYPED.fullmatch(folded(text).strip())
    return _digits(found["code"]) if found else ""


def typed_code(text: str) -> str:
    """All digits of an HS code, as people type it: `HS 8203.20`, `PCT 8203-2000`, `82 03 20`, `HS编码8203`; or empty.

    It has 2 to 10 of them: an odd number while somebody types, or where a zero is lost. Digits that are parted and
    not named as a code are one if the system has its heading.
    """
    found = _TYPED.fullmatch(folded(text).strip())
    digits = _digits(found["code"]) if found else ""
    if not found or not _SHORTEST_CODE <= len(digits) <= _LONGEST_CODE:
        return ""
    return digits if found["named"] or found["code"] == digits or exists(digits[:HEADING]) else ""


def named_codes(text: str) -> tuple[list[str], str]:
    """The codes in a folded text that are named as such, and what else it says."""
    codes: list[str] = []

    def taken(found: re.Match[str]) -> str:
        digits = _digits(found["code"])
        if not found["named"] or not _SHORTEST_CODE <= len(digits) <= _LONGEST_CODE:
            return found[0]
        codes.append(digits)
        return " "

    return codes, _TYPED.sub(taken, text)


def _digits(code: str) -> str:
    return re.sub(r"\D", "", code)
