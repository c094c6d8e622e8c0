"""`manage.py demo`: the demonstration fair, loaded or put back into place."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone, translation

from fairplatform.demo.demonstration import load_demonstration
from fairplatform.demo.loader.fair import SlugTaken
from fairplatform.demo.plan.fair_plan import fair_plan


class Command(BaseCommand):
    help = "Loads the demonstration fair, or moves it so that one of its slots is running now."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demonstration: set DEMO=1 to load invented data into this database.")
        try:
            load_demonstration(timezone.now())
        except SlugTaken as taken:
            raise CommandError(f"A fair named {taken} stands here that is no demonstration.") from None
        with translation.override("en"):
            self.stdout.write(f"The demonstration is at {settings.PUBLIC_URL}{reverse('demo:people')}")
        for person in fair_plan().people:
            if person.persona:
                names = " · ".join(person.name.values())
                self.stdout.write(f"  {person.persona:<12} {names}")
