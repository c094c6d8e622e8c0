"""Cells with several telephone numbers or email addresses, of which a contact has one."""

import re

import phonenumbers

from ..kinds import Cell, Email, Phone, Unread
from ..kinds.kind import Kind, Row

_KINDS: dict[str, Kind] = {"mobile": Phone(), "whatsapp": Phone(), "email": Email()}
_BETWEEN = {"email": re.compile(r"[/;,、，；|\s]+")}
_BETWEEN_NUMBERS = re.compile(r"\s*[/;,、，；|\n]\s*")
_MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


def parted(column: str, cell: Cell, country: str | None) -> tuple[Cell, list[str]]:
    """What is stored of a cell, and the rest of it. Of telephone numbers a mobile one is, if there is any.

    A cell whose parts are not all of their kind stays as it is: `0300-1234567/8` may be two numbers.
    """
    kind = _KINDS.get(column)
    if kind is None or not isinstance(cell, str):
        return cell, []
    parts = list(dict.fromkeys(filter(None, _BETWEEN.get(column, _BETWEEN_NUMBERS).split(cell.strip()))))
    if not parts or parts == [cell.strip()] or not all(_is_read(kind, part, country) for part in parts):
        return cell, []
    kept = parts[0] if column == "email" else next((part for part in parts if _is_mobile(part, country)), parts[0])
    return kept, [part for part in parts if part != kept]


def _is_read(kind: Kind, text: str, country: str | None) -> bool:
    try:
        kind.read(text, Row(country, lambda code, **parameters: None))
    except Unread:
        return False
    return True


def _is_mobile(text: str, country: str | None) -> bool:
    read = Phone().read(text, Row(country, lambda code, **parameters: None))
    return phonenumbers.number_type(phonenumbers.parse(str(read))) in _MOBILE
