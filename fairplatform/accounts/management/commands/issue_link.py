"""`manage.py issue_link E-MAIL-OR-NUMBER`: a new personal link and entry code for a person."""

import re
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts.models import PersonalLink, User

LONGEST_NUMBER = 15  # ITU-T E.164


class Command(BaseCommand):
    help = "Issues a personal link with an entry code; the person's earlier links stop working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="e-mail address, mobile number or key of the person")
        parser.add_argument("--days", type=int, default=14)

    def handle(self, *args: Any, person: str, days: int, **options: Any) -> None:
        if days < 1:
            raise CommandError("--days must be at least 1.")
        user = User.objects.filter(_matching(person), is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account with the email address, number or key {person}.")
        _, secret, code = PersonalLink.issue(user, now=timezone.now(), days=days)
        self.stdout.write(f"{settings.PUBLIC_URL}{reverse('accounts:enter', args=[secret])}")
        self.stdout.write(f"code {code}")


def _matching(person: str) -> Q:
    """The people with this e-mail address, mobile number or key. A number may have spaces, and lack its plus sign."""
    match = Q(email__iexact=person)
    digits = re.sub(r"[ ()-]", "", person).removeprefix("+")
    if digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER:
        match |= Q(phone=f"+{digits}")
        if digits == person:
            match |= Q(pk=int(digits))
    return match
