"""Fairs, the bodies behind them, sourced facts, and halls."""

from datetime import datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.content_cache.store import cached
from fairplatform.i18n.fields import TranslatedField
from fairplatform.i18n.times import NOWHERE, Place
from fairplatform.i18n.zones import usual_zone
from fairplatform.policy import Role

from ..memberships import memberships


class FairQuerySet(models.QuerySet["Fair"]):
    def visible_to(self, person: Viewer) -> "FairQuerySet":
        """Open and closed fairs: everybody. Drafts: their organisers."""
        public = models.Q(state__in=(Fair.State.OPEN, Fair.State.CLOSED))
        if not person.is_active:
            return self.filter(public)
        own = models.Q(roles__user=person, roles__role=Role.ORGANISER)
        return self.filter(public | own).distinct()

    def joined_by(self, person: Viewer) -> "FairQuerySet":
        """Those in which the person has a role or works for an approved company."""
        has_role = models.Q(roles__user=person)
        works_there = models.Q(participations__company__staff__user=person, participations__state="approved")
        return self.filter(has_role | works_there).distinct()

    def newest_first(self) -> "FairQuerySet":
        """Those that are over come last."""
        is_over = models.Case(models.When(state=Fair.State.CLOSED, then=1), default=0)
        return self.order_by(is_over, "-pk")


class Fair(models.Model):
    """An online trade fair for one target country, which the trade calls its *station*."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    slug = models.SlugField(max_length=40, unique=True)
    name = TranslatedField()
    station = TranslatedField(help_text="the target country's edition, for example Pakistan station")
    theme = TranslatedField()
    host_country = models.CharField(
        max_length=2, blank=True, help_text="ISO 3166: the country of the exhibitors; empty: not chosen yet"
    )
    station_country = models.CharField(
        max_length=2, blank=True, help_text="ISO 3166: the target country; empty: not chosen yet"
    )
    host_zone = models.CharField(max_length=40, default=NOWHERE.zone, help_text="IANA time zone")
    station_zone = models.CharField(max_length=40, default=NOWHERE.zone, help_text="IANA time zone")
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    planned_rounds = models.PositiveIntegerField(default=0)
    slot_minutes = models.PositiveSmallIntegerField(default=25, help_text="length of a meeting, without the change")
    change_minutes = models.PositiveSmallIntegerField(default=5, help_text="between two meetings")
    rooms = models.PositiveSmallIntegerField(null=True, blank=True, help_text="meetings at once; null: no limit")
    min_meetings = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="floor: meetings each company should have in each role, selling and buying"
    )
    max_meetings = models.PositiveSmallIntegerField(null=True, blank=True, help_text="ceiling, in each role")
    languages = models.JSONField(default=list, blank=True, help_text="BCP 47: languages the meetings are held in")
    holidays_checked = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        blank=True,
        help_text="by country, the dates of the fair (ISO 8601) of which organisers have said that none is a holiday",
    )
    series = models.CharField(max_length=120, blank=True, help_text="the name that all fairs of the series share")
    ceremony_at = models.DateTimeField(null=True, blank=True, help_text="launching ceremony")
    is_demo = models.BooleanField(default=False)
    times_moved = models.BooleanField(default=False, help_text="today's grid was shifted for the demonstration")

    objects: ClassVar[models.Manager["Fair"]] = FairQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.name)

    @classmethod
    def cached(cls, **lookup: Any) -> "Fair | None":
        return cached(("fairs.fair", *sorted(lookup.items())), lambda: cls.objects.filter(**lookup).first())

    @classmethod
    def load_for(cls, person: Viewer, **lookup: Any) -> "Fair | None":
        """policy.LoadsForPerson: every page loads its fair."""
        fair = cls.cached(**lookup)
        return fair if fair and fair.roles_of(person) else None

    @property
    def fair_id(self) -> int:
        return self.pk

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        own = memberships(person, self.pk).roles
        if self.state == self.State.DRAFT:
            return own if Role.ORGANISER in own else frozenset()
        return own | {Role.PUBLIC}

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO 3166: the exhibitors', then the buyers', each once; those that are not chosen yet are left out."""
        return tuple(dict.fromkeys(filter(None, (self.host_country, self.station_country))))

    @property
    def has_countries(self) -> bool:
        """Whether both are chosen."""
        return bool(self.host_country and self.station_country)

    @property
    def places(self) -> tuple[Place, Place]:
        """Where its exhibitors and its buyers are."""
        return Place(self.host_country, self.host_zone), Place(self.station_country, self.station_zone)

    @places.setter
    def places(self, both: tuple[Place, Place]) -> None:
        (self.host_country, self.host_zone), (self.station_country, self.station_zone) = both

    def zone_of(self, country: str) -> str:
        """IANA: the fair's own zone for its two countries, else the one that most of the country lives in."""
        own = {self.host_country: self.host_zone, self.station_country: self.station_zone}
        return own.get(country) or usual_zone(country) or self.station_zone

    def links_last_until(self) -> datetime | None:
        """Until when the personal links of its people last at least: a day after its last date is over; None without
        days.
        """
        last = self.days.order_by("date").last()
        if last is None:
            return None
        over = datetime.combine(last.date + timedelta(days=1), time(), ZoneInfo(last.zone or self.station_zone))
        return over + timedelta(days=1)

    def get_absolute_url(self) -> str:
        return reverse("pages:fair", args=[self.slug])


class Body(models.Model):
    """An office or association behind a fair, in order of rank."""

    class Part(models.TextChoices):
        HOST = "host", _("Hosted by")
        EXECUTING = "executing", _("Organised by")
        CO_ORGANISING = "co_organising", _("Co-organised by")
        SUPPORTING = "supporting", _("Supported by")

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="bodies")
    part = models.CharField(max_length=14, choices=Part.choices)
    name = TranslatedField()
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["rank"]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return str(self.name)


class Fact(models.Model):
    """A published statement about the real event, with its source. It is never mixed with our own figures."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="facts")
    text = TranslatedField()
    citation = TranslatedField(help_text="the publication and its date")
    reported_on = models.DateField()
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["rank"]

    def __str__(self) -> str:
        return str(self.text)


class HallQuerySet(models.QuerySet["Hall"]):
    def visible_to(self, person: Viewer) -> "HallQuerySet":
        return self.filter(fair__in=Fair.objects.visible_to(person))


class Hall(models.Model):
    """A hall with the booths of one trade. `pattern` is the number of the lattice it is decorated with."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="halls")
    number = models.PositiveSmallIntegerField()
    name = TranslatedField()
    headings = models.JSONField(default=list, help_text="HS headings shown here, four digits each")
    pattern = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[models.Manager["Hall"]] = HallQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "number"], name="hall_number_once_per_fair"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @classmethod
    def cached(cls, **lookup: Any) -> "Hall | None":
        rows = cls.objects.select_related("fair")
        return cached(("fairs.hall", *sorted(lookup.items())), lambda: rows.filter(**lookup).first())

    @classmethod
    def load_for(cls, person: Viewer, **lookup: Any) -> "Hall | None":
        """policy.LoadsForPerson: the page of a hall is what people read most."""
        hall = cls.cached(**lookup)
        return hall if hall and hall.roles_of(person) else None

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        return self.fair.roles_of(person)

    def get_absolute_url(self) -> str:
        return reverse("booths:hall", args=[self.fair.slug, self.number])
