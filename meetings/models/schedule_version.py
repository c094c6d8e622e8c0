"""Versions of a fair's schedule: the draft, and those that were published."""

from typing import ClassVar

from django.db import models

from .pair import Pair


class ScheduleVersion(models.Model):
    """A schedule as the solver made it. There is one draft at most; publishing makes its rows meetings.

    `most`: it is proved that no schedule with as many musts places more meetings; `bound`: none that places as many,
    and lacks as little to floors, has fewer breaks. `moves_are_fewest`: of one that was made again, whether it is
    proved that fewer others could not move.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    class Status(models.TextChoices):
        OPTIMAL = "optimal"
        FEASIBLE = "feasible"

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="schedule_versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    status = models.CharField(max_length=8, choices=Status.choices)
    most = models.PositiveIntegerField()
    breaks = models.PositiveIntegerField()
    bound = models.PositiveIntegerField()
    moves_are_fewest = models.BooleanField(null=True, blank=True)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="when its people were notified; of a draft fair: "
                                   "once it has opened")  # fmt: skip

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "number"], name="version_number_once_per_fair"),
            models.UniqueConstraint(fields=["fair"], condition=models.Q(state="draft"), name="one_draft_per_fair"),
            models.CheckConstraint(
                condition=models.Q(state="draft", published_at=None)
                | models.Q(state="published", published_at__isnull=False),
                name="published_versions_have_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(told_at=None) | models.Q(state="published"), name="only_published_are_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.state}"


class PlannedMeeting(models.Model):
    """A meeting of a version, with its time; or a pair that has none, with the reason (`not_placed`).

    The time is no slot: a draft does not hinder its organisers from changing the fair's days.

    `is_locked`: an organiser keeps it where it is when the schedule is made again. `revision`: counts its changes, so
    that of two people who change it at once the second is told. Of a draft that was made again, `was_at` is when the
    meeting was to be before, and `existing` the published meeting that it moves or keeps, or cancels if it has no time.
    """

    version = models.ForeignKey(ScheduleVersion, models.CASCADE, related_name="rows")
    exhibitor = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="+")
    buyer = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="+")
    is_first = models.BooleanField(default=False, help_text="a pair of the organisers, or a must")
    need = models.CharField(max_length=8, choices=Pair.Need.choices, default=Pair.Need.NONE)
    interpreter = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    is_pinned = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False, db_default=False)
    revision = models.PositiveIntegerField(default=0, db_default=0)
    was_at = models.DateTimeField(null=True, blank=True)
    existing = models.ForeignKey("meetings.Meeting", models.CASCADE, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    not_placed = models.CharField(max_length=20, blank=True, help_text="a code of meetings.versions.reasons")
    not_placed_counts = models.JSONField(null=True, blank=True, help_text="its figures: of scheduling.reasons.Reason")
    meeting = models.OneToOneField("meetings.Meeting", models.SET_NULL, null=True, blank=True, related_name="planned")

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "exhibitor", "buyer"], name="planned_once"),
            models.CheckConstraint(condition=~models.Q(exhibitor=models.F("buyer")), name="planned_two_companies"),
            models.CheckConstraint(
                condition=models.Q(
                    not_placed="", starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=models.F("starts_at")
                )
                | (~models.Q(not_placed="") & models.Q(starts_at=None, ends_at=None, interpreter=None, meeting=None)),
                name="placed_or_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} with {self.buyer_id}"


class PlannedBooking(models.Model):
    """What a planned meeting takes: desks, an interpreter, a room; named as in Booking, once at a time."""

    version = models.ForeignKey(ScheduleVersion, models.CASCADE, related_name="bookings")
    planned = models.ForeignKey(PlannedMeeting, models.CASCADE, related_name="bookings")
    resource = models.CharField(max_length=40)
    starts_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "resource", "starts_at"], name="planned_resource_once"),
        ]

    def __str__(self) -> str:
        return f"{self.resource} at {self.starts_at}"
