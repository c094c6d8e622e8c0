"""When the people of a booth are there."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from fairplatform.policy import Role

from .booth import Booth

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from fairplatform.accounts.models import User


class ShiftQuerySet(models.QuerySet["Shift"]):
    def visible_to(self, person: "User | AnonymousUser") -> "ShiftQuerySet":
        """Those of the booth of a person's own company, while it is approved."""
        if not person.is_active:
            return self.none()
        own = person.positions.values("company")
        return self.filter(booth__participation__state="approved", booth__participation__company__in=own)


class Shift(models.Model):
    """A time for which one of a booth's people has said that they are there. It ends with their work for the company.

    Nobody has two shifts at one time, which booth_office.shifts.actions sees to under a lock.
    """

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="shifts")
    booth = models.ForeignKey(Booth, models.CASCADE, related_name="shifts")
    staff = models.ForeignKey("accounts.Staff", models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Shift"]] = ShiftQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_ends_later"),
            models.UniqueConstraint(fields=["staff", "starts_at"], name="shift_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["booth", "starts_at"], name="shift_of_booth")]

    def __str__(self) -> str:
        return f"{self.staff_id} at {self.booth_id} {self.starts_at:%d %b %H:%M}Z"

    def roles_of(self, person: "User | AnonymousUser") -> frozenset[Role]:
        return self.booth.roles_of(person) & {Role.STAFF, Role.MANAGER}
