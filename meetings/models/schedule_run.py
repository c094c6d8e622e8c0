"""A run of the solver, which makes a draft in a process of its own while people look on."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .schedule_version import ScheduleVersion


class ScheduleRun(models.Model):
    """How far it is. `kind`: a new draft, or the draft or the published schedule again with the fewest moves.

    `step`, `placed`, `most` are of the search, `most` once it is proved that no more can be placed. `stop_asked`: it
    keeps the best that it has found. `heard_at`: when its process last said that it works.
    """

    class Kind(models.TextChoices):
        NEW = "new"
        DRAFT = "draft"
        PUBLISHED = "published"

    class State(models.TextChoices):
        WORKING = "working"
        DONE = "done"
        FAILED = "failed"

    class Step(models.TextChoices):
        READING = "reading", _("reading companies, calendars and wishes")
        GREEDY = "greedy", _("making a first schedule")
        REPAIR = "repair", _("placing the rest by moving others")
        IMPROVE = "improve", _("removing gaps between meetings")
        EXACT = "exact", _("looking for the proof that nothing better is possible")
        RERUN = "rerun", _("placing what has no time with the fewest moves")

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="schedule_runs")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.NEW)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WORKING)
    step = models.CharField(max_length=7, choices=Step.choices, default=Step.READING)
    placed = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField(null=True, blank=True)
    stop_asked = models.BooleanField(default=False)
    refusal = models.CharField(max_length=40, blank=True, help_text="the code of why it made nothing")
    version = models.ForeignKey(ScheduleVersion, models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-started_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["fair"], condition=models.Q(state="working"), name="one_schedule_run_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(state="working", ended_at=None)
                | (~models.Q(state="working") & models.Q(ended_at__isnull=False)),
                name="ended_runs_have_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.state}"

    @property
    def is_working(self) -> bool:
        return self.state == self.State.WORKING
