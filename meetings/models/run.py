"""What is made of a whole fair in a process of its own while people look on: a matching, a round, a schedule."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .meeting import Side
from .schedule_version import ScheduleVersion


class Run(models.Model):
    """How far it is. Of a fair one is at work at a time, for each stands on what the one before has made.

    `kind`: the matching; the lists of a round of ticking; a new draft of the schedule, or the draft or the published
    schedule again with the fewest moves. `done`, `most`: in a schedule the meetings that have a time, and how many can
    have one, once that is proved; while it is matched, the pairs that have been compared, and all that are.
    `stop_asked`: a schedule keeps the best that it has found, a matching makes nothing. `heard_at`: when its process
    last said that it works. `side` and `deadline` are those of a round.
    """

    class Kind(models.TextChoices):
        MATCH = "match"
        ROUND = "round"
        NEW = "new"
        DRAFT = "draft"
        PUBLISHED = "published"

    class State(models.TextChoices):
        WORKING = "working"
        DONE = "done"
        FAILED = "failed"

    class Step(models.TextChoices):
        READING = "reading", _("reading companies, calendars and wishes")
        COMPARE = "compare", _("comparing companies")
        CHOOSE = "choose", _("choosing what is best for all")
        GREEDY = "greedy", _("making a first schedule")
        REPAIR = "repair", _("placing the rest by moving others")
        IMPROVE = "improve", _("removing gaps between meetings")
        EXACT = "exact", _("looking for the proof that nothing better is possible")
        RERUN = "rerun", _("placing what has no time with the fewest moves")

    OF_SCHEDULE: ClassVar = (Kind.NEW, Kind.DRAFT, Kind.PUBLISHED)

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="runs")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    on_behalf_of = models.ForeignKey("accounts.User", models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.NEW)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WORKING)
    step = models.CharField(max_length=7, choices=Step.choices, default=Step.READING)
    done = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField(null=True, blank=True)
    stop_asked = models.BooleanField(default=False)
    refusal = models.CharField(max_length=40, blank=True, help_text="the code of why it made nothing")
    version = models.ForeignKey(ScheduleVersion, models.SET_NULL, null=True, blank=True, related_name="+")
    side = models.CharField(max_length=9, choices=Side.choices, blank=True, default="", db_default="")
    deadline = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-started_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair"], condition=Q(state="working"), name="one_run_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="working", ended_at=None) | (~Q(state="working") & Q(ended_at__isnull=False)),
                name="ended_runs_have_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(kind="round", deadline__isnull=False) & ~Q(side=""))
                | (~Q(kind="round") & Q(side="", deadline=None)),
                name="rounds_have_a_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.state}"

    @property
    def is_working(self) -> bool:
        return self.state == self.State.WORKING

    @property
    def is_comparing(self) -> bool:
        """Whether it counts pairs of companies, as a draft does that matches first."""
        return self.step in (self.Step.READING, self.Step.COMPARE, self.Step.CHOOSE)

    @property
    def is_of_schedule(self) -> bool:
        return self.kind in self.OF_SCHEDULE
