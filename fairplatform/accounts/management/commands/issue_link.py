"""`manage.py issue_link E-MAIL-OR-NUMBER`: a new personal link and code for somebody, to be handed on."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts.models import PersonalLink, User


class Command(BaseCommand):
    help = "Issues a personal link with its entry code; the person's earlier links end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="e-mail address, mobile number or key of the person")
        parser.add_argument("--days", type=int, default=14)

    def handle(self, *args: Any, person: str, days: int, **options: Any) -> None:
        key = Q(pk=int(person)) if person.isdecimal() else Q(email=person) | Q(phone=person)
        user = User.objects.filter(key, is_active=True).first()
        if user is None:
            raise CommandError(f"nobody here is known by {person}")
        _, secret, code = PersonalLink.issue(user, now=timezone.now(), days=days)
        self.stdout.write(f"{settings.PUBLIC_URL}{reverse('accounts:enter', args=[secret])}")
        self.stdout.write(f"code {code}")
