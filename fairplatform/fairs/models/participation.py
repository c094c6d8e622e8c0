"""The participation of a company in a fair, the units that recruit companies, and the roles of people."""

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.i18n.fields import TranslatedField
from fairplatform.i18n.languages import language_of_country
from fairplatform.i18n.text import LANGUAGES
from fairplatform.policy import Role

from ..memberships import memberships
from .fair import Fair

KEY_LENGTH = 40  # characters of the short name that organisers give a row


class Cooperation(models.TextChoices):
    """The kinds of business that companies come to a fair for."""

    GOODS = "goods", _("Buying and selling goods")
    AGENCY = "agency", _("Agency")
    DISTRIBUTION = "distribution", _("Distribution")
    CONTRACT_MANUFACTURE = "contract_manufacture", _("Contract manufacturing")
    JOINT_VENTURE = "joint_venture", _("Joint venture")
    TECHNOLOGY = "technology", _("Technology licensing")
    TRAINING = "training", _("Training")
    AFTER_SALES = "after_sales", _("After-sales service")


class RecruitingUnitQuerySet(models.QuerySet["RecruitingUnit"]):
    def visible_to(self, person: Viewer) -> "RecruitingUnitQuerySet":
        """Those of the fairs that the person organises, and those that they are a delegate of."""
        if not person.is_active:
            return self.none()
        organised = models.Q(fair__roles__user=person, fair__roles__role=Role.ORGANISER)
        return self.filter(organised | models.Q(delegates__user=person, delegates__role=Role.DELEGATED)).distinct()


class RecruitingUnit(models.Model):
    """A chamber, association or commerce bureau that recruits companies for a fair, and has them in its reports."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="units")
    key = models.CharField(max_length=KEY_LENGTH, blank=True, help_text="the organiser's short name for it")
    name = TranslatedField()
    country = models.CharField(max_length=2)
    quota = models.PositiveSmallIntegerField(null=True, blank=True, help_text="companies it is to bring")
    contact = models.CharField(max_length=120, blank=True, help_text="the person to ask there")
    mobile = models.CharField(max_length=32, blank=True)
    reply_by = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["RecruitingUnit"]] = RecruitingUnitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "key"], condition=~models.Q(key=""), name="unit_key_once_per_fair"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def reads(self) -> str:
        """Which of our languages it reads: that of its first delegate here; without one, of its country."""
        delegates = self.delegates.filter(user__is_active=True, user__language__in=LANGUAGES).order_by("pk")
        return delegates.values_list("user__language", flat=True).first() or language_of_country(self.country)

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        own = memberships(person, self.fair_id)
        delegated = {Role.DELEGATED} if self.pk in own.units else set()
        return own.roles & {Role.ORGANISER} | delegated


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

    def accepted(self) -> "ParticipationQuerySet":
        """Without companies that are only invited: they are not in the fair until they accept."""
        return self.exclude(state=Participation.State.INVITED)


class Participation(models.Model):
    """A company in one fair, which sells there, buys, or both."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        SUBMITTED = "submitted", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        WAITING = "waiting", _("On the waiting list")
        REFUSED = "refused", _("Not approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="participations")
    company = models.ForeignKey("accounts.Company", models.PROTECT, related_name="participations")
    key = models.CharField(max_length=KEY_LENGTH, blank=True, help_text="the organiser's short name for the company")
    unit = models.ForeignKey(RecruitingUnit, models.SET_NULL, null=True, blank=True, related_name="participations")
    sells = models.BooleanField(default=False)
    buys = models.BooleanField(default=False)
    hall = models.ForeignKey("fairs.Hall", models.PROTECT, null=True, blank=True, related_name="participations")
    offers = models.JSONField(default=list, blank=True, help_text="HS codes of what the company sells, 2 to 6 digits")
    wants = models.JSONField(default=list, blank=True, help_text="HS codes the company looks for, 2 to 6 digits")
    cooperation = models.JSONField(default=list, blank=True, help_text="what it is open to: values of Cooperation")
    desks = models.PositiveSmallIntegerField(default=1, help_text="how many meetings it can hold at once")
    min_meetings = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="floor in each role; null: the fair's"
    )
    max_meetings = models.PositiveSmallIntegerField(null=True, blank=True, help_text="ceiling in each role")
    contact_name = TranslatedField(help_text="the person to reach, whether or not they have an account")
    contact_mobile = models.CharField(max_length=32, blank=True)
    contact_position = models.CharField(max_length=80, blank=True)
    plan_minor = models.BigIntegerField(
        null=True, blank=True, help_text="purchases planned in the next twelve months, in minor units"
    )
    plan_currency = models.CharField(max_length=3, blank=True)
    suppliers = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="where a buyer has its goods from: read by organisers and its recruiting unit only",
    )
    remarks = models.TextField(blank=True, help_text="read by organisers and the company's recruiting unit only")
    preferred_from = models.TimeField(
        null=True, blank=True, help_text="with until: when it would rather meet, on any day, by the clock of its city"
    )
    preferred_until = models.TimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUBMITTED)
    told_state = models.CharField(
        max_length=9,
        blank=True,
        default="",
        db_default="",
        help_text="the state that the company knows of; empty while organisers have not decided anything",
    )
    declined_at = models.DateTimeField(
        null=True, blank=True, help_text="when its manager last declined; it stays invited, and may still accept"
    )

    objects: ClassVar[ParticipationQuerySet] = ParticipationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "company"], name="company_once_per_fair"),
            models.UniqueConstraint(
                fields=["fair", "key"], condition=~models.Q(key=""), name="participation_key_once_per_fair"
            ),
            models.CheckConstraint(condition=models.Q(plan_minor__gte=0), name="participation_plan_not_negative"),
            models.CheckConstraint(
                condition=models.Q(sells=True) | models.Q(buys=True), name="participation_sells_or_buys"
            ),
            models.CheckConstraint(
                condition=models.Q(preferred_from=None, preferred_until=None)
                | models.Q(
                    preferred_from__isnull=False,
                    preferred_until__isnull=False,
                    preferred_from__lt=models.F("preferred_until"),
                ),
                name="preferred_hours_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return str(self.company)

    @property
    def also_open_to(self) -> list[Promise]:
        """What it is open to besides selling and buying goods, which goes without saying, in the reader's language."""
        found = [kind for kind in Cooperation if kind in self.cooperation and kind != Cooperation.GOODS]
        return [kind.label for kind in found]

    def decide(self, state: str) -> None:
        """Sets the state that organisers have decided on, of which the company is told (notices.decisions)."""
        if state != self.state:
            self.told_state = self.told_state or self.state
            self.state = state

    def floor(self, fair: Fair) -> int:
        """How many meetings it should have at least, in each role; `fair`: its own, which is loaded already."""
        return self.min_meetings if self.min_meetings is not None else fair.min_meetings or 0

    def ceiling(self, fair: Fair) -> int | None:
        """How many meetings it may have at most, in each role; None: any number."""
        return self.max_meetings if self.max_meetings is not None else fair.max_meetings

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
    language_pairs = models.JSONField(
        default=list, blank=True, help_text="an interpreter's, for example [zh-ur, zh-en]"
    )
    max_minutes_a_day = models.PositiveSmallIntegerField(null=True, blank=True, help_text="an interpreter's limit")
    on_call = models.BooleanField(default=False, help_text="an interpreter without meetings of their own")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "user", "role", "unit"], name="role_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"
