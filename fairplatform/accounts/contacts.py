"""How a person is reached: by an e-mail address or a mobile number. Either is enough to find or make their account."""

from typing import NamedTuple

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from .models import User


class UnreadableContact(ValueError):
    """Neither an e-mail address nor a mobile number with its country's code."""


class Contact(NamedTuple):
    """One of the two is empty. `phone` is as ITU-T E.164 writes it (`+923001234567`), `country` the number's."""

    email: str = ""
    phone: str = ""
    country: str = ""

    @property
    def owners(self) -> Q:
        return Q(email__iexact=self.email) if self.email else Q(phone=self.phone)


def read_contact(text: str) -> Contact:
    """Raises UnreadableContact. A number needs its plus sign: without a country's code it may belong to anybody."""
    text = text.strip()
    if "@" in text:
        try:
            validate_email(text)
        except ValidationError as wrong:
            raise UnreadableContact(text) from wrong
        return Contact(email=User.objects.normalize_email(text))
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException as wrong:
        raise UnreadableContact(text) from wrong
    if not phonenumbers.is_valid_number(number):
        raise UnreadableContact(text)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Contact(phone=written, country=phonenumbers.region_code_for_number(number) or "")


def make_person(contact: Contact) -> User:
    """An account without a password: its person comes by a personal link."""
    country = {"country": contact.country} if contact.country else {}
    return User.objects.create_user(email=contact.email or None, phone=contact.phone, **country)
