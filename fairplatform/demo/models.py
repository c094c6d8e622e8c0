"""Which rows the demonstration made, so that it finds them again and tells them from what visitors make."""

from typing import ClassVar

from django.db import models


class DemoRow(models.Model):
    """The row that stands for a key of the plan: a company, a meeting, a notice."""

    kind = models.CharField(max_length=40, help_text="model label, for example meetings.meeting")
    key = models.CharField(max_length=120)
    row = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "key"], name="demo_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
