"""Which rows the demonstration created: a later start finds them again and tells them from what visitors created."""

from typing import ClassVar

from django.db import models


class DemoRow(models.Model):
    """The row (`kind` and `row`, its primary key) that was created for a key of the plan, for example a company."""

    kind = models.CharField(max_length=40, help_text="model label, for example meetings.meeting")
    key = models.CharField(max_length=120)
    row = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "key"], name="demo_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
