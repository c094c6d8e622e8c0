"""Rounds in which companies tick, among numbered candidates, whom they would like to meet."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation, RoleAssignment
from fairplatform.policy import Role

from .meeting import Side


class TickRoundQuerySet(models.QuerySet["TickRound"]):
    def visible_to(self, person: Viewer) -> "TickRoundQuerySet":
        """Those of the fairs that the person organises, or is a unit's delegate in."""
        if not person.is_active:
            return self.none()
        roles = RoleAssignment.objects.filter(user=person, role__in=(Role.ORGANISER, Role.DELEGATED))
        return self.filter(fair__in=roles.values("fair"))


class TickRound(models.Model):
    """The companies of one side answer until `deadline`; one round of a fair at a time. `told_at`: when they were
    notified, which in a draft fair nobody is."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="tick_rounds")
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=9, choices=Side.choices)
    deadline = models.DateTimeField()
    opened_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["TickRound"]] = TickRoundQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "number"], name="tick_round_number_once"),
            models.UniqueConstraint(fields=["fair"], condition=models.Q(closed_at=None), name="one_tick_round_is_open"),
        ]

    def __str__(self) -> str:
        return f"{self.fair_id} · {self.number}"

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        return memberships(person, self.fair_id).roles & {Role.ORGANISER, Role.DELEGATED}


class TickListQuerySet(models.QuerySet["TickList"]):
    def visible_to(self, person: Viewer) -> "TickListQuerySet":
        """Of the person's company, once the fair is open; of their unit; all, to organisers."""
        if not person.is_active:
            return self.none()
        of_company = models.Q(
            participation__in=Participation.objects.filter(
                company__staff__user=person, state=Participation.State.APPROVED
            ),
            fair__state__in=(Fair.State.OPEN, Fair.State.CLOSED),
        )
        roles = RoleAssignment.objects.filter(user=person)
        of_unit = models.Q(participation__unit__in=roles.filter(role=Role.DELEGATED, unit__isnull=False).values("unit"))
        organised = models.Q(fair__in=roles.filter(role=Role.ORGANISER).values("fair"))
        return self.filter(of_company | of_unit | organised)


class TickList(models.Model):
    """What one company is asked in a round: its candidates, whose numbers stay."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="+")
    round = models.ForeignKey(TickRound, models.CASCADE, related_name="lists")
    participation = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="tick_lists")

    objects: ClassVar[models.Manager["TickList"]] = TickListQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "participation"], name="tick_list_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} · {self.participation_id}"

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        own = memberships(person, self.fair_id)
        roles = own.roles & {Role.ORGANISER}
        if self.participation.unit_id in own.units:
            roles |= {Role.DELEGATED}
        if self.fair.state != Fair.State.DRAFT and self.participation_id in own.staff_of:
            is_manager = self.participation_id in own.manager_of
            roles |= {Role.STAFF, Role.MANAGER} if is_manager else {Role.STAFF}
        return frozenset(roles)


class Tick(models.Model):
    """A numbered candidate of a list, and what the company answers; `source`: how its answer came."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    class Source(models.TextChoices):
        PAGE = "page", _("its own page")
        WHATSAPP = "whatsapp", _("WhatsApp")
        WECHAT = "wechat", _("WeChat")
        TELEPHONE = "telephone", _("telephone")
        PAPER = "paper", _("paper")

    tick_list = models.ForeignKey(TickList, models.CASCADE, related_name="ticks")
    number = models.PositiveSmallIntegerField()
    other = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="+")
    reasons = models.JSONField(default=list, help_text="of matching.Reason, as in MatchedPair")
    answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=9, choices=Source.choices, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["tick_list", "number"], name="tick_number_once"),
            models.UniqueConstraint(fields=["tick_list", "other"], name="tick_candidate_once"),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None) | ~models.Q(answer="") & ~models.Q(answered_at=None),
                name="tick_answered_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tick_list_id} · {self.number}"
