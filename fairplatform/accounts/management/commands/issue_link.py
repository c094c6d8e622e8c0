"""`manage.py issue_link E-MAIL-OR-NUMBER`: a new personal link and code for somebody, to be handed on."""

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
    help = "Issues a personal link with its entry code; the person's earlier links end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="e-mail address, mobile number or key of the person")
        parser.add_argument("--days", type=int, default=14)

    def handle(self, *args: Any, person: str, days: int, **options: Any) -> None:
        if days < 1:
            raise CommandError("a link lasts for a day or more")
        user = User.objects.filter(_known_by(person), is_active=True).first()
        if user is None:
            raise CommandError(f"nobody here is known by {person}")
        _, secret, code = PersonalLink.issue(user, now=timezone.now(), days=days)
        self.stdout.write(f"{settings.PUBLIC_URL}{reverse('accounts:enter', args=[secret])}")
        self.stdout.write(f"code {code}")


def _known_by(person: str) -> Q:
    """Whose address, number or key this is; a number may be written with spaces, and without its plus."""
    known = Q(email__iexact=person)
    digits = re.sub(r"[ ()-]", "", person).removeprefix("+")
    if digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER:
        known |= Q(phone=f"+{digits}")
        if digits == person:
            known |= Q(pk=int(digits))
    return known
