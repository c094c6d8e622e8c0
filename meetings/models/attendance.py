"""Who was connected to a meeting's room, from when to when, and how good the connection was."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from .meeting import Meeting, Side


class Attendance(models.Model):
    """One admitted connection (a browser tab) in a meeting's room.

    `connected_at`: when media first flowed between it and another connection. `seen_at` is refreshed while its socket
    lives; the clock closes rows whose process has died. `quality`: see `connection_quality.rate`.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="attendances")
    side = models.CharField(max_length=9, choices=Side.choices, blank=True)
    role = models.CharField(max_length=12)
    connection_id = models.CharField(max_length=40)
    entered_at = models.DateTimeField(default=timezone.now)
    connected_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    quality = models.JSONField(default=dict, blank=True, help_text="the newest minute's digest of getStats")

    class Meta:
        ordering: ClassVar[list[str]] = ["entered_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=models.Q(left_at=None), name="one_connection_per_person"
            ),
            models.UniqueConstraint(fields=["meeting", "connection_id"], name="connection_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.meeting_id}"
