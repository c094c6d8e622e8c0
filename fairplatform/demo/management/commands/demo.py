"""`manage.py demo`: the demonstration fair, loaded or put back into place."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone, translation

from fairplatform.demo.demonstration import load_demonstration
from fairplatform.demo.held_fairs import load_held_fairs
from fairplatform.demo.loader.fair import SlugTaken
from fairplatform.demo.plan.fair_plan import fair_plan


class Command(BaseCommand):
    help = "Loads the demo fairs, or moves the times of the running one so that meetings are in progress now."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO is off. Set DEMO=1 to load fictitious data into this database.")
        now = timezone.now()
        try:
            load_demonstration(now)
        except SlugTaken as taken:
            raise CommandError(f"There is already a fair named {taken} that is not a demo.") from None
        load_held_fairs(now)
        with translation.override("en"):
            self.stdout.write(f"The demo is at {settings.PUBLIC_URL}{reverse('demo:people')}")
        for person in fair_plan().people:
            if person.persona:
                names = " · ".join(person.name.values())
                self.stdout.write(f"  {person.persona:<12} {names}")
