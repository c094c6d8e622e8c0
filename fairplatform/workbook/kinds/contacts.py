"""Addresses and telephone numbers."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .kind import Cell, Kind, Row, Unread
from .numbers import latin_digits
from .text import as_code


class Email(Kind):
    name = "email"

    def read(self, cell: Cell, row: Row) -> object:
        address = as_code(cell).removeprefix("mailto:")
        try:
            validate_email(address)
        except ValidationError:
            raise Unread("email_form", text=address[:80]) from None
        mailbox, _at, domain = address.rpartition("@")
        return f"{mailbox}@{domain.lower()}"


class Phone(Kind):
    """A telephone number. Its value is in the form of E.164; without a country code it is one of the row's country."""

    name = "phone"

    def read(self, cell: Cell, row: Row) -> object:
        text = latin_digits(as_code(cell))
        if text.startswith("00"):
            text = "+" + text[2:]
        try:
            number = phonenumbers.parse(text, row.country)
        except phonenumbers.NumberParseException:
            raise Unread("phone_unreadable", text=text[:40]) from None
        if not phonenumbers.is_possible_number(number):
            raise Unread("phone_unreadable", text=text[:40])
        _warn_of_doubt(text, number, row)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _warn_of_doubt(text: str, number: phonenumbers.PhoneNumber, row: Row) -> None:
    """Where the number is of no known form, or was not written as people dial it in its country."""
    international = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    if not phonenumbers.is_valid_number(number):
        row.warn("phone_doubtful", text=international)
    elif not text.startswith("+") and _digits(text) != _digits(national):
        row.warn("phone_read_as", text=text, read=international)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
