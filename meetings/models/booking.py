"""Bookings: a resource can be booked once in each slot."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

if TYPE_CHECKING:
    from fairplatform.fairs.models import Fair, Participation

PERSON, ROOM = "person:", "room:"


class Booking(models.Model):
    """A resource is booked in a slot: a company's desk (`desk:<participation>:<n>`), a person (`person:<user>`), or one
    of the fair's rooms where their number is limited (`room:<n>`).

    The unique constraint is the last guard against double booking. Moving a meeting updates its rows.
    """

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="bookings")
    resource = models.CharField(max_length=40)
    slot = models.ForeignKey("fairs.Slot", models.CASCADE, related_name="bookings")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, null=True, related_name="bookings")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["resource", "slot"], name="resource_once_per_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.resource} in slot {self.slot_id}"


def desk(participation_id: int, number: int = 1) -> str:
    """The resource name of a company's desk, counted from 1."""
    return f"desk:{participation_id}:{number}"


def desks(participation: "Participation") -> list[str]:
    """The resource names of the company's desks: it can hold as many meetings at once."""
    return [desk(participation.pk, number) for number in range(1, participation.desks + 1)]


def person(user_id: int) -> str:
    """The resource name of a person."""
    return f"{PERSON}{user_id}"


def rooms(fair: "Fair") -> list[str]:
    """The resource names of the fair's rooms: it can have as many meetings at once; none where any number."""
    return [f"{ROOM}{number}" for number in range(1, (fair.rooms or 0) + 1)]
