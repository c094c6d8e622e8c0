"""Numbers under which registers know a company. Their form is checked for China and Pakistan, as a warning only."""

import re

from .kind import Cell, Kind, Row, Unread
from .numbers import latin_digits
from .text import as_code

_LONGEST = 40
_IDENTITY_CARD_DIGITS = 13
# GB 32100-2015: the unified social credit code. The last character checks the other 17.
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(rf"[{_CREDIT_CHARACTERS}]{{2}}[0-9]{{6}}[{_CREDIT_CHARACTERS}]{{10}}")
# The Federal Board of Revenue's National Tax Number: seven characters and a check digit.
_NTN = re.compile(r"[0-9A-Z][0-9]{6}(?:-?[0-9])?")
# The Securities and Exchange Commission's number of a company.
_PAKISTANI_COMPANY = re.compile(r"[0-9]{7}")


class Identifier(Kind):
    """A number of any register."""

    name = "identifier"

    def read(self, cell: Cell, row: Row) -> object:
        return self.checked(latin_digits(as_code(cell)), row)

    def checked(self, text: str, row: Row) -> str:
        if len(text) > _LONGEST:
            raise Unread("text_long", limit=str(_LONGEST), length=str(len(text)))
        return text


class Registration(Identifier):
    """The number under which a company is registered."""

    name = "registration"

    def checked(self, text: str, row: Row) -> str:
        if row.country == "CN":
            _check_credit_code(text, row)
        elif row.country == "PK" and not _PAKISTANI_COMPANY.fullmatch(text):
            row.warn("company_number_form")
        return super().checked(text, row)


class TaxNumber(Identifier):
    """A company's tax number. A proprietor's may be the number of their identity card, which is never taken."""

    name = "tax_number"

    def checked(self, text: str, row: Row) -> str:
        is_of_other_country = row.country not in (None, "PK", "CN")
        if may_be_identity_card(text) and not is_of_other_country:
            raise Unread("identity_card")
        if row.country == "CN":
            _check_credit_code(text, row)
        elif row.country == "PK" and not _NTN.fullmatch(text.upper()):
            row.warn("tax_number_form")
        return super().checked(text, row)


def may_be_identity_card(text: str) -> bool:
    """Whether a tax number has as many digits as the number of a Pakistani identity card."""
    return len(re.sub(r"\D", "", text)) == _IDENTITY_CARD_DIGITS


def _check_credit_code(text: str, row: Row) -> None:
    code = text.upper()
    if not _CREDIT_CODE.fullmatch(code):
        row.warn("credit_code_form")
    elif _CREDIT_CHARACTERS[_credit_check(code)] != code[-1]:
        row.warn("credit_code_check")


def _credit_check(code: str) -> int:
    """The place of the last character that the other 17 ask for: weights are powers of 3, modulo 31."""
    return (
        -sum(_CREDIT_CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17])) % 31
    )
