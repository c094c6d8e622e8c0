"""The participation of a company in a fair, the units that recruit companies, and the roles of people."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.i18n.fields import TranslatedField
from fairplatform.policy import Role

from ..memberships import memberships


class RecruitingUnit(models.Model):
    """A chamber, association or commerce bureau that recruits companies for a fair, and has them in its reports."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="units")
    name = TranslatedField()
    country = models.CharField(max_length=2)

    def __str__(self) -> str:
        return str(self.name)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, person: Viewer) -> "ParticipationQuerySet":
        """Approved exhibitors: everybody. Approved buyers: people of approved companies. All: people with a role."""
        public = models.Q(state=Participation.State.APPROVED, sells=True, fair__state__in=("open", "closed"))
        if not person.is_active:
            return self.filter(public)
        between_participants = models.Q(
            state=Participation.State.APPROVED,
            fair__in=Participation.objects.filter(company__staff__user=person, state="approved").values("fair"),
        )
        with_role = models.Q(fair__in=RoleAssignment.objects.filter(user=person).values("fair"))
        return self.filter(pk__in=self.model.objects.filter(public | between_participants | with_role).values("pk"))


class Participation(models.Model):
    """A company in one fair, which sells there, buys, or both."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Not approved")

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="participations")
    company = models.ForeignKey("accounts.Company", models.PROTECT, related_name="participations")
    unit = models.ForeignKey(RecruitingUnit, models.SET_NULL, null=True, blank=True, related_name="participations")
    sells = models.BooleanField(default=False)
    buys = models.BooleanField(default=False)
    hall = models.ForeignKey("fairs.Hall", models.PROTECT, null=True, blank=True, related_name="participations")
    wants = models.JSONField(default=list, blank=True, help_text="HS headings or codes the company looks for")
    desks = models.PositiveSmallIntegerField(default=1, help_text="how many meetings it can hold at once")
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUBMITTED)

    objects: ClassVar[models.Manager["Participation"]] = ParticipationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "company"], name="company_once_per_fair"),
            models.CheckConstraint(
                condition=models.Q(sells=True) | models.Q(buys=True), name="participation_sells_or_buys"
            ),
        ]

    def __str__(self) -> str:
        return str(self.company)

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        """Empty for those who may not see it (`visible_to`); else their roles in the fair and in this company."""
        own = memberships(person, self.fair_id)
        is_approved = self.state == self.State.APPROVED
        is_public = is_approved and self.sells and self.fair.state != "draft"
        has_role = bool(own.roles & set(RoleAssignment.Kind.values))
        if not (is_public or has_role or (is_approved and own.staff_of)):
            return frozenset()
        roles = set(own.roles)
        if self.pk in own.staff_of:
            roles.add(Role.STAFF)
        if self.pk in own.manager_of:
            roles.add(Role.MANAGER)
        if is_public:
            roles.add(Role.PUBLIC)
        return frozenset(roles)


class RoleAssignment(models.Model):
    """A role of a person in a fair that does not come from a company."""

    class Kind(models.TextChoices):
        ORGANISER = Role.ORGANISER.value, _("Organiser")
        DELEGATED = Role.DELEGATED.value, _("Delegation organiser")
        INTERPRETER = Role.INTERPRETER.value, _("Interpreter")
        LIAISON = Role.LIAISON.value, _("Liaison officer")
        FLOOR_ASSISTANT = Role.FLOOR_ASSISTANT.value, _("Floor assistant")

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="roles")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="roles")
    role = models.CharField(max_length=16, choices=Kind.choices)
    unit = models.ForeignKey(RecruitingUnit, models.CASCADE, null=True, blank=True, related_name="delegates")
    languages = models.JSONField(default=list, blank=True, help_text="an interpreter's pair, for example [zh, ur]")
    on_call = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "user", "role", "unit"], name="role_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"
