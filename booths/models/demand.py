"""What a company wants to buy, or the partner it looks for."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Left
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Cooperation, Fair, Participation
from fairplatform.fairs.models.participation import KEY_LENGTH
from fairplatform.i18n.fields import TranslatedField
from fairplatform.policy import Role

from .. import search_texts
from ..hs_codes import HEADING
from ..search import SearchText
from .booth import PUBLIC_STATES
from .product import PRICE_SCALE, Display
from .terms import Terms


class DemandQuerySet(models.QuerySet["Demand"]):
    def visible_to(self, person: Viewer) -> "DemandQuerySet":
        """Those of approved companies: their own people and the people of the fair's exhibitors; all: its organisers.

        Delegates see those of their unit's companies. No other buyer sees them, for they say what a company plans; who
        both sells and buys sees what they could deliver (`sold_to`). Nor do exhibitors see one that somebody else has
        entered for the company, until it has confirmed it.
        """
        if not person.is_active:
            return self.none()
        own = models.Q(participation__company__staff__user=person, participation__state="approved")
        organised = models.Q(fair__roles__user=person, fair__roles__role=Role.ORGANISER)
        delegated = models.Q(
            participation__unit__delegates__user=person, participation__unit__delegates__role=Role.DELEGATED
        )
        sold_to = models.Q(pk__in=self.model.objects.sold_to(person).values("pk"))
        rows = self.model.objects.filter(own | organised | delegated | sold_to)
        return self.filter(pk__in=rows.values("pk"))

    def sold_to(self, person: Viewer) -> "DemandQuerySet":
        """Those that the person may answer for a company that exhibits: none before the fair is open.

        If a company of theirs also buys in the fair, it is a rival of the demand's company: of others they see those
        alone that are for goods under an HS heading of a product at their booth, or that they have quoted for.
        """
        from .quote import Quote

        if not person.is_active:
            return self.none()
        own = Participation.objects.filter(company__staff__user=person, state="approved")
        of_fair = own.filter(fair=OuterRef("fair"))
        goods = Display.objects.filter(
            booth__participation__in=own,
            booth__fair=OuterRef("fair"),
            product__hs6__startswith=Left(OuterRef("hs_code"), HEADING),
        )
        quotes = Quote.objects.filter(demand=OuterRef("pk"), participation__in=own)
        suiting = Q(participation__in=own) | ~Q(hs_code="") & Exists(goods) | Exists(quotes)
        rows = self.shown().filter(fair__state__in=PUBLIC_STATES)
        return rows.filter(Exists(of_fair.filter(sells=True)), ~Exists(of_fair.filter(buys=True)) | suiting)

    def shown(self) -> "DemandQuerySet":
        """What exhibitors may see."""
        return self.filter(state__in=Demand.SHOWN, participation__state=Participation.State.APPROVED)

    def with_status(self, today: date) -> "DemandQuerySet":
        """With `status`, one of Demand.Status: the only definition of it. `today`: the date in the fair (`fair_date`).

        `answers`: the number of standing quotes. `requests`: of exhibitors' requests for a meeting about it, which the
        company has not declined.
        """
        from .quote import Quote

        quotes = Quote.objects.standing().filter(demand=OuterRef("pk")).order_by()
        numbers = quotes.values("demand").annotate(number=Count("pk")).values("number")
        status = Case(
            When(~Q(state=Demand.State.OPEN), then=F("state")),
            When(deadline__lt=today, then=Value(Demand.Status.EXPIRED.value)),
            When(fair__state=Fair.State.CLOSED, then=Value(Demand.Status.FAIR_CLOSED.value)),
            When(Q(answers__gt=0) | Q(requests__gt=0), then=Value(Demand.Status.ANSWERED.value)),
            default=F("state"),
            output_field=models.CharField(),
        )
        asked = self.model.objects.filter(
            pk=OuterRef("pk"),
            meeting_requests__state__in=("pending", "accepted"),
            meeting_requests__sender__state=Participation.State.APPROVED,
        )
        requests = asked.order_by().values("pk").annotate(number=Count("meeting_requests")).values("number")
        counted = self.annotate(
            answers=Coalesce(Subquery(numbers), 0),  # type: ignore[no-redef]  # declared below
            requests=Coalesce(Subquery(requests), 0),
        )
        return counted.annotate(status=status)  # type: ignore[no-redef]

    def wanted(self, today: date) -> "DemandQuerySet":
        """Those of which the company has neither said, nor set a day by which, that it wants them no more."""
        return self.filter(Q(deadline=None) | Q(deadline__gte=today), state=Demand.State.OPEN)

    def current(self, today: date) -> "DemandQuerySet":
        """Those that exhibitors can answer: wanted, of approved companies, while the fair is not closed."""
        return self.shown().with_status(today).filter(Q(status__in=Demand.CURRENT))


def fair_date(fair: Fair, now: datetime) -> date:
    """The date where the fair is held: by it a demand's deadline has passed or not."""
    return fair.places[0].date(now)


class Demand(Terms):
    """A demand of a participation. The target price is an integer of 1/10,000 of the currency's unit.

    `state` is what its company, or who entered it, has decided; what people read is its `status` (`with_status`).
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        WAITING = "waiting", _("Awaiting the company's confirmation")
        REJECTED = "rejected", _("Rejected by the company")
        CLOSED = "closed", _("Closed")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")
        EXPIRED = "expired", _("Expired")
        FAIR_CLOSED = "fair_closed", _("The fair is closed")
        CLOSED = "closed", _("Closed")
        WAITING = "waiting", _("Awaiting the company's confirmation")
        REJECTED = "rejected", _("Rejected by the company")

    SHOWN = (State.OPEN, State.CLOSED)  # to exhibitors
    UNCONFIRMED = (State.WAITING, State.REJECTED)
    CURRENT = (Status.OPEN, Status.ANSWERED)  # those that can be answered

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="demands")
    participation = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="demands")
    key = models.CharField(max_length=KEY_LENGTH, blank=True, help_text="the organiser's short name for it")
    kind = models.CharField(max_length=24, choices=Cooperation.choices)
    text = TranslatedField()
    target_price = models.BigIntegerField(null=True, blank=True)
    certificates = models.JSONField(default=list, blank=True)
    needs_origin = models.BooleanField(
        default=False, help_text="a certificate of origin under the countries' free-trade agreement is needed"
    )
    deadline = models.DateField(null=True, blank=True, help_text="the last day, where the fair is held")
    entered_by = models.CharField(max_length=120, blank=True, help_text="who took it down for the company")
    taken_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", help_text="entered_by's account"
    )
    confirmed_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    closed_reason = models.CharField(max_length=200, blank=True, help_text="why it was closed or rejected")
    created_at = models.DateTimeField(default=timezone.now)

    if TYPE_CHECKING:
        answers: int  # of with_status
        requests: int
        status: str

    search_title = SearchText(words="title_words")
    search = SearchText()

    objects: ClassVar[DemandQuerySet] = DemandQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["fair", "key"], condition=~models.Q(key=""), name="demand_key_once_per_fair"
            ),
            models.CheckConstraint(condition=models.Q(target_price__gte=0), name="demand_price_not_negative"),
            models.CheckConstraint(
                condition=models.Q(closed_reason="") | ~models.Q(state__in=("open", "waiting")),
                name="demand_reason_of_closing",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | ~models.Q(state__in=("waiting", "rejected")),
                name="demand_confirmed_or_not",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)

    def title_words(self) -> list[str]:
        """What a search finds it by first."""
        return search_texts.demand_title(self)

    def search_words(self) -> list[str]:
        """All that a search finds it by."""
        return search_texts.demand_texts(self)

    @property
    def status_label(self) -> Promise:
        """In the reader's language; needs `with_status`."""
        return self.Status(self.status).label

    @property
    def target(self) -> Decimal | None:
        """The target price in the currency's unit."""
        return None if self.target_price is None else Decimal(self.target_price) / PRICE_SCALE

    def get_absolute_url(self) -> str:
        return reverse("demands:demand", args=[self.fair.slug, self.pk])

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        """Empty for those who may not see it (`visible_to`)."""
        own = memberships(person, self.fair_id)
        roles = own.roles & {Role.ORGANISER}
        if self.participation_id in own.staff_of:
            roles |= {Role.STAFF}
        if self.participation_id in own.manager_of:
            roles |= {Role.MANAGER}
        if self.participation.unit_id in own.units:
            roles |= {Role.DELEGATED}
        if roles & {Role.ORGANISER, Role.DELEGATED} and self.state == self.State.WAITING:
            roles |= {Role.TAKER}
        if self._is_sold_to(person, own.roles):
            roles |= {Role.EXHIBITOR}
        return frozenset(roles)

    def _is_sold_to(self, person: Viewer, roles: frozenset[Role]) -> bool:
        """Whether the person, who has these roles in the fair, sees it as an exhibitor (`sold_to`)."""
        if Role.EXHIBITOR not in roles or self.fair.state not in PUBLIC_STATES:
            return False
        if Role.BUYER in roles:
            return Demand.objects.filter(pk=self.pk).sold_to(person).exists()
        return self.participation.state == Participation.State.APPROVED and self.state in self.SHOWN
