"""A booth, its visits, and the inquiries opened at it."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts.locations import CITY_NAMES
from fairplatform.i18n.text import in_every_language
from fairplatform.policy import Role
from fairplatform.realtime import topic_names

from ..search import SearchText

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from fairplatform.accounts.models import User


class BoothQuerySet(models.QuerySet["Booth"]):
    def visible_to(self, person: "User | AnonymousUser") -> "BoothQuerySet":
        """The booths of approved exhibitors: everybody's of open and closed fairs, in other fairs a person's own."""
        public = models.Q(fair__state__in=("open", "closed"))
        if person.is_active:
            public |= models.Q(participation__company__in=person.positions.values("company"))
        return self.filter(public, participation__state="approved")


class Booth(models.Model):
    """An exhibitor's booth in a hall."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="booths")
    participation = models.OneToOneField("fairs.Participation", models.CASCADE, related_name="booth")
    hall = models.ForeignKey("fairs.Hall", models.PROTECT, related_name="booths")
    slug = models.SlugField(max_length=80)
    number = models.PositiveSmallIntegerField(help_text="place in the hall")
    search = SearchText()

    objects: ClassVar[models.Manager["Booth"]] = BoothQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["hall__number", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "slug"], name="booth_slug_once_per_fair"),
            models.UniqueConstraint(fields=["hall", "number"], name="booth_place_once_per_hall"),
        ]

    def __str__(self) -> str:
        return str(self.participation)

    @property
    def topic(self) -> str:
        return topic_names.booth(self.pk)

    def roles_of(self, person: "User | AnonymousUser") -> frozenset[Role]:
        roles = self.participation.roles_of(person)
        is_approved = self.participation.state == "approved"
        return roles if is_approved and roles & {Role.PUBLIC, Role.STAFF} else frozenset()

    def search_words(self) -> list[str]:
        """What SearchText stores."""
        company = self.participation.company
        city = in_every_language(CITY_NAMES.get(company.city, company.city))
        return [*company.name.values(), *company.tagline.values(), company.city, *company.city_name.values(), *city]

    def get_absolute_url(self) -> str:
        return reverse("booths:booth", args=[self.fair.slug, self.slug])


class Visit(models.Model):
    """Somebody signed in was at a booth: one row for each person, booth and date in the fair's time zone."""

    booth = models.ForeignKey(Booth, models.CASCADE, related_name="visits")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="visits")
    date = models.DateField()
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["booth", "user", "date"], name="visit_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.booth_id}"


class Inquiry(models.Model):
    """A visitor's conversation with the people of a booth, one for each visitor and booth."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="inquiries")
    booth = models.ForeignKey(Booth, models.CASCADE, related_name="inquiries")
    visitor = models.ForeignKey("accounts.User", models.CASCADE, related_name="inquiries")
    conversation = models.OneToOneField("chat.Conversation", models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "inquiries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["booth", "visitor"], name="inquiry_once_per_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.visitor_id} asks {self.booth_id}"
