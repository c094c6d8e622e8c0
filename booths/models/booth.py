"""A booth, its visits, and the inquiries opened at it."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone

from fairplatform.policy import Role
from fairplatform.realtime import topic_names

from .. import search_texts
from ..hs_codes import HEADING
from ..numbers import LONGEST, SortKey
from ..search import SearchText

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from fairplatform.accounts.models import User
    from fairplatform.fairs.models import Fair

PUBLIC_STATES = ("open", "closed")  # of a fair whose booths everybody sees


class BoothQuerySet(models.QuerySet["Booth"]):
    def visible_to(self, person: "User | AnonymousUser") -> "BoothQuerySet":
        """The booths of approved exhibitors: everybody's of open and closed fairs, in other fairs a person's own."""
        return self.filter(models.Q(fair__state__in=PUBLIC_STATES) | _own(person), participation__state="approved")


def _own(person: "User | AnonymousUser", path: str = "") -> models.Q:
    """The booths of a person's companies. `path`: to them from other rows."""
    if not person.is_active:
        return models.Q(pk__in=[])
    return models.Q(**{f"{path}participation__company__in": person.positions.values("company")})


def is_visible(fair: "Fair", person: "User | AnonymousUser", path: str = "") -> models.Q:
    """The booths of this fair as `visible_to` says. `path`: to them from other rows, such as displays.

    For lists that are read in the order of an index: the fair's state is asked for here, not of each row's fair.
    """
    shown = models.Q(**{f"{path}fair": fair, f"{path}participation__state": "approved"})
    return shown if fair.state in PUBLIC_STATES else shown & _own(person, path)


class Booth(models.Model):
    """An exhibitor's booth in a hall."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="booths")
    participation = models.OneToOneField("fairs.Participation", models.CASCADE, related_name="booth")
    hall = models.ForeignKey("fairs.Hall", models.PROTECT, related_name="booths")
    slug = models.SlugField(max_length=80)
    number = models.CharField(max_length=LONGEST, help_text="place in the hall")
    sort_key = SortKey()
    search_title = SearchText(words="title_words")
    search = SearchText()

    objects: ClassVar[models.Manager["Booth"]] = BoothQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["hall__number", "sort_key", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "slug"], name="booth_slug_once_per_fair"),
            models.UniqueConstraint(fields=["hall", "number"], name="booth_place_once_per_hall"),
        ]

    def __str__(self) -> str:
        return str(self.participation)

    @property
    def topic(self) -> str:
        return topic_names.booth(self.pk)

    @property
    def offered(self) -> list[str]:
        """The chapters and headings of what the company says that it sells, beside the products it shows."""
        return list(dict.fromkeys(code[:HEADING] for code in self.participation.offers))

    @property
    def wanted(self) -> list[str]:
        """The chapters and headings of what the company says that it looks for, if it buys as well."""
        wants = self.participation.wants if self.participation.buys else []
        return list(dict.fromkeys(code[:HEADING] for code in wants))

    def roles_of(self, person: "User | AnonymousUser") -> frozenset[Role]:
        roles = self.participation.roles_of(person)
        is_approved = self.participation.state == "approved"
        return roles if is_approved and roles & {Role.PUBLIC, Role.STAFF} else frozenset()

    def title_words(self) -> list[str]:
        """What a search finds it by first."""
        return search_texts.booth_title(self)

    def search_words(self) -> list[str]:
        """All that a search finds it by, besides its products."""
        return search_texts.booth_texts(self)

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
