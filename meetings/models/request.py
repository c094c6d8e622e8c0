"""A request for a meeting. It books nothing until it is accepted."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Participation
from fairplatform.policy import Role

from .meeting import Meeting


class MeetingRequestQuerySet(models.QuerySet["MeetingRequest"]):
    def visible_to(self, person: User | AnonymousUser) -> "MeetingRequestQuerySet":
        if not person.is_authenticated or not person.is_active:
            return self.none()
        own = Participation.objects.filter(state=Participation.State.APPROVED, company__staff__user=person).values("pk")
        return self.filter(models.Q(sender__in=own) | models.Q(receiver__in=own))


class MeetingRequest(models.Model):
    """One company's request to meet another in a slot that was free for both when it was made."""

    class State(models.TextChoices):
        PENDING = "pending", _("Awaiting reply")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="requests")
    sender = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="requests_sent")
    receiver = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="requests_received")
    demand = models.ForeignKey(
        "booths.Demand", models.SET_NULL, null=True, blank=True, related_name="meeting_requests",
        help_text="the receiver's demand that the sender answers by it",
    )  # fmt: skip
    slot = models.ForeignKey("fairs.Slot", models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    answer = models.CharField(max_length=500, blank=True, help_text="what the receiver wrote when answering")
    interpreting = models.CharField(
        max_length=10,
        choices=Meeting.Interpreting.choices,
        default=Meeting.Interpreting.NOT_NEEDED,
        db_default=Meeting.Interpreting.NOT_NEEDED,
    )
    instead_of = models.ForeignKey(
        "meetings.Meeting", models.SET_NULL, null=True, blank=True, related_name="substitute_requests",
        help_text="the sender's meeting that was cancelled because the other company left",
    )  # fmt: skip
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    meeting = models.OneToOneField("meetings.Meeting", models.SET_NULL, null=True, blank=True, related_name="request")

    objects: ClassVar[models.Manager["MeetingRequest"]] = MeetingRequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sender", "receiver"], condition=models.Q(state="pending"), name="one_pending_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} asks {self.receiver_id}"

    @property
    def asker(self) -> User:
        """The person who will attend for the company that asked."""
        return self.on_behalf_of or self.made_by

    def is_answerable(self, now: datetime) -> bool:
        """Whether it can still be answered. The clock closes expired ones, up to a second late."""
        return self.state == self.State.PENDING and now < self.expires_at

    def roles_of(self, person: User | AnonymousUser) -> frozenset[Role]:
        own = memberships(person, self.fair_id).staff_of
        pairs = ((Role.SENDER, self.sender_id), (Role.RECEIVER, self.receiver_id))
        return frozenset(role for role, pk in pairs if pk in own)

    def get_absolute_url(self) -> str:
        return f"{reverse('meetings:requests', args=[self.fair.slug])}#request-{self.pk}"
