"""A meeting: two companies, a slot, and the people named as its participants."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, TypedDict

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Company, User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Participation, RoleAssignment
from fairplatform.policy import Role
from fairplatform.realtime import topic_names


class Side(models.TextChoices):
    """The two companies of a meeting."""

    EXHIBITOR = "exhibitor", _("Exhibitor")
    BUYER = "buyer", _("Buyer")

    @property
    def other(self) -> "Side":
        return Side.BUYER if self is Side.EXHIBITOR else Side.EXHIBITOR


class MatchReason(TypedDict, total=False):
    """Why two companies meet: the HS headings that both named, and whether one of them requested the meeting.

    `back`: headings of what the exhibitor looks for and the buyer sells. `reasons`: of matching.Reason.
    """

    hs: list[str]
    back: list[str]
    reasons: list[dict[str, Any]]
    request: bool


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, person: User | AnonymousUser) -> "MeetingQuerySet":
        """Visible to participants, the managers of the two companies, liaison officers of their units, and the fair's
        organisers and floor assistants."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        participant = models.Q(pk__in=Participant.objects.filter(user=person).values("meeting"))
        of_fair = models.Q(fair__roles__user=person, fair__roles__role__in=(Role.ORGANISER, Role.FLOOR_ASSISTANT))
        units = RoleAssignment.objects.filter(user=person, role=Role.LIAISON, unit__isnull=False).values("unit")
        liaison = models.Q(exhibitor__unit__in=units) | models.Q(buyer__unit__in=units)
        managed = Participation.objects.filter(
            state=Participation.State.APPROVED, company__staff__user=person, company__staff__is_manager=True
        ).values("pk")
        manager = models.Q(exhibitor__in=managed) | models.Q(buyer__in=managed)
        return self.filter(pk__in=self.model.objects.filter(participant | of_fair | liaison | manager).values("pk"))

    def with_names(self) -> "MeetingQuerySet":
        """With the fair, slot, day and company names that a list or a tile shows, in the same query."""
        return self.select_related("fair", "slot", "slot__day", "exhibitor__company", "buyer__company")


class Meeting(models.Model):
    """A one-to-one trade session in a slot. Whether it is running follows from the time, not from `state`."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        HELD = "held", _("Held")
        MISSED = "missed", _("Not held")
        CANCELLED = "cancelled", _("Cancelled")

    class Missed(models.TextChoices):
        EXHIBITOR = "exhibitor", _("Exhibitor did not attend")
        BUYER = "buyer", _("Buyer did not attend")
        BOTH = "both", _("Nobody attended")
        LINE = "line", _("Connection failed")

    class Interpreting(models.TextChoices):
        REQUIRED = "required", _("Interpreter required")
        WELCOME = "welcome", _("Interpreter preferred")
        NOT_NEEDED = "not_needed", _("No interpreter needed")
        ON_CALL = "on_call", _("Interpreter on call")
        OWN = "own", _("Own interpreter")

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="meetings")
    exhibitor = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="meetings_as_exhibitor")
    buyer = models.ForeignKey("fairs.Participation", models.PROTECT, related_name="meetings_as_buyer")
    slot = models.ForeignKey("fairs.Slot", models.PROTECT, related_name="meetings")
    state = models.CharField(max_length=9, choices=State.choices, default=State.CONFIRMED, db_index=True)
    missed_because = models.CharField(max_length=9, choices=Missed.choices, blank=True)
    interpreting = models.CharField(max_length=10, choices=Interpreting.choices, default=Interpreting.NOT_NEEDED)
    by_telephone = models.BooleanField(default=False, db_default=False, help_text="held by telephone, in its slot")
    extended_minutes = models.PositiveSmallIntegerField(default=0)
    moved_from = models.ForeignKey("fairs.Slot", models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.JSONField(default=dict, help_text="why these two: {'hs': [headings both named], 'request': bool}")
    conversation = models.OneToOneField("chat.Conversation", models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(
        default=0, db_default=0, help_text="how often it was moved or cancelled: what calendars compare"
    )
    revised_at = models.DateTimeField(default=timezone.now, db_default=Now(), help_text="and when last; or made")

    objects: ClassVar[models.Manager["Meeting"]] = MeetingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["slot__number", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(exhibitor=models.F("buyer")), name="meeting_of_two_companies"),
            models.CheckConstraint(
                condition=models.Q(state="missed") | models.Q(missed_because=""), name="only_missed_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor} · {self.buyer}"

    @property
    def topic(self) -> str:
        return topic_names.meeting(self.pk)

    @property
    def starts_at(self) -> datetime:
        return self.slot.starts_at

    @property
    def ends_at(self) -> datetime:
        return self.slot.ends_at + timedelta(minutes=self.extended_minutes)

    @property
    def opens_at(self) -> datetime:
        return self.slot.opens_at()

    def is_room_open(self, now: datetime) -> bool:
        """Whether its room may be entered."""
        return self.opens_at <= now < self.ends_at and self.state in (self.State.CONFIRMED, self.State.HELD)

    def is_running(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at and self.state in (self.State.CONFIRMED, self.State.HELD)

    def company_of(self, side: str) -> Company:
        return (self.exhibitor if side == Side.EXHIBITOR else self.buyer).company

    def side_of(self, person: User | AnonymousUser) -> Side | None:
        """The side whose company the person works for; None for interpreters, organisers and strangers."""
        own = memberships(person, self.fair_id)
        for side, pk in ((Side.EXHIBITOR, self.exhibitor_id), (Side.BUYER, self.buyer_id)):
            if pk in own.staff_of:
                return side
        return None

    def roles_of(self, person: User | AnonymousUser) -> frozenset[Role]:
        if not person.is_authenticated or not person.is_active:
            return frozenset()
        own = memberships(person, self.fair_id)
        roles = {Role(p.role) for p in self.participants.all() if p.user_id == person.pk}
        if {self.exhibitor_id, self.buyer_id} & own.manager_of:
            roles.add(Role.MANAGER)
        if own.liaison_of and own.liaison_of & {self.exhibitor.unit_id, self.buyer.unit_id}:
            roles.add(Role.LIAISON)
        return frozenset(roles | ({Role.ORGANISER, Role.FLOOR_ASSISTANT} & own.roles))

    def revise(self, now: datetime) -> list[str]:
        """Counts a move or a cancellation; returns the fields to save."""
        self.revision, self.revised_at = self.revision + 1, now
        return ["revision", "revised_at"]

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.fair.slug, self.pk])


class ParticipantManager(models.Manager["Participant"]):
    """Participants who still hold the role they were named for: a company's staff, the fair's interpreters."""

    def get_queryset(self) -> "models.QuerySet[Participant]":
        approved = Participation.objects.filter(
            state=Participation.State.APPROVED, company__staff__user=models.OuterRef("user")
        )
        roles = RoleAssignment.objects.filter(user=models.OuterRef("user"), fair=models.OuterRef("meeting__fair"))
        still = models.Q(models.Exists(roles.filter(role=Role.INTERPRETER)), role=Role.INTERPRETER)
        for side in Side:
            still |= models.Q(models.Exists(approved.filter(pk=models.OuterRef(f"meeting__{side}"))), side=side)
        return super().get_queryset().filter(still, user__is_active=True)


class Participant(models.Model):
    """A person named for a meeting.

    A row outlives the role it was made for, so `objects` (and `meeting.participants`) returns only people who still
    hold that role: access, seats and notices end with the role and resume if the person gets it back. A join
    (`participants__user`) bypasses the manager and finds everybody ever named: filter on
    `pk__in=Participant.objects…` instead.
    """

    class Part(models.TextChoices):
        PARTY = Role.PARTY.value, _("Representative")
        COLLEAGUE = Role.COLLEAGUE.value, _("Colleague")
        INTERPRETER = Role.INTERPRETER.value, _("Interpreter")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="participations")
    role = models.CharField(max_length=12, choices=Part.choices)
    side = models.CharField(max_length=9, choices=Side.choices, blank=True)

    objects: ClassVar[models.Manager["Participant"]] = ParticipantManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "user"], name="participant_once"),
            models.CheckConstraint(
                condition=models.Q(role="interpreter", side="") | ~models.Q(role="interpreter") & ~models.Q(side=""),
                name="interpreters_take_no_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.meeting_id}"
