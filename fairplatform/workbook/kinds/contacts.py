"""Addresses and telephone numbers."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .kind import Cell, Kind, Row, Unread
from .numbers import latin_digits
from .text import as_code

_ROUNDED = re.compile("[0-9]+0{6}")  # 8.61388E+12, as a spreadsheet shows a number, has become a number again
_WHOLE = re.compile(r"(?<=[0-9]{7})[.]0+$")  # of a number that a program has written with its decimals
_TWO_ENDS = re.compile("/ *[0-9]{1,3}$")  # 0300 1234567/8 are two numbers


class Email(Kind):
    """An address, in small letters: hardly a mailbox tells large ones from small, and many people mix them up."""

    name = "email"

    def read(self, cell: Cell, row: Row) -> object:
        address = as_code(cell).removeprefix("mailto:")
        try:
            validate_email(address)
        except ValidationError:
            raise Unread("email_form", text=address[:80]) from None
        return address.lower()


class Phone(Kind):
    """A telephone number. Its value is in the form of E.164; without a country code it is one of the row's country."""

    name = "phone"

    def read(self, cell: Cell, row: Row) -> object:
        if isinstance(cell, int | float) and _ROUNDED.fullmatch(as_code(cell)):
            raise Unread("digits_lost", "warning")
        text = _WHOLE.sub("", latin_digits(as_code(cell)))
        if _TWO_ENDS.search(text):
            raise Unread("phone_unreadable", text=text[:40])
        if text.startswith("00"):
            text = "+" + text[2:]
        try:
            number = phonenumbers.parse(text, row.country)
        except phonenumbers.NumberParseException:
            raise Unread("phone_unreadable", text=text[:40]) from None
        if not phonenumbers.is_possible_number(number):
            raise Unread("phone_unreadable", text=text[:40])
        if _is_invented(text, number):
            return f"+{_digits(text)}"
        _warn_of_doubt(text, number, row)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _warn_of_doubt(text: str, number: phonenumbers.PhoneNumber, row: Row) -> None:
    """Where the number is of no known form, was not written as people dial it in its country, or has digits left over.

    Such are those of an extension, and of a second number in the cell.
    """
    number.extension = None
    international = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    if not phonenumbers.is_valid_number(number):
        row.warn("phone_doubtful", text=international)
    elif _digits(text) != _digits(international if text.startswith("+") else national):
        row.warn("phone_read_as", text=text, read=international)


def _is_invented(text: str, number: phonenumbers.PhoneNumber) -> bool:
    """Whether it is one of those that no country gives to anybody, such as a demonstration has: +92 000 1234567.

    They are kept with all their zeros, one of which the library would take away at every reading.
    """
    return _digits(text).startswith(f"{number.country_code}00")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
