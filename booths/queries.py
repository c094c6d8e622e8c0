"""What the pages read of halls, booths, products, buyers and inquiries, in a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone

from chat.models import Member, Message
from chat.queries import newest_number
from fairplatform.accounts.locations import city_label, country_name
from fairplatform.accounts.models import Company, User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Hall
from fairplatform.i18n.numbers import USUAL_CURRENCY
from fairplatform.i18n.text import Translated, current_language, fold
from fairplatform.policy import Role

from .models import Booth, Demand, Display, Inquiry, Shift
from .models.booth import is_visible
from .models.demand import fair_date
from .models.product import Unit, certificate_name
from .showing import with_covers, with_logos

CARD_PICTURES = 3
ANYBODY = AnonymousUser()
"""Whoever has no account: what they see everybody sees."""
SEARCHED = ("search_title", "search")  # columns that no page shows
ON_CARD = ("name", "hs6", "moq", "moq_unit", "price_low", "price_high", "price_unit", "currency")  # of a product
# The HS heading (four digits) of a product on display.
HEADING = Substr("product__hs6", 1, 4)
Order = str | OrderBy


def _usual_first(field: str, usual: str) -> tuple[Order, Order]:
    """What is usual, then the others by their codes."""
    return ExpressionWrapper(~Q(**{field: usual}), BooleanField()).asc(), field


def _stated_first(field: str) -> OrderBy:
    return ExpressionWrapper(Q(**{f"{field}__isnull": True}), BooleanField()).asc()


# Figures stand in an order only within one currency and for one unit: 2 dollars a piece is not less than 3 yuan a set.
SORTS: dict[str, tuple[Order, ...]] = {
    "price": (
        _stated_first("product__price_low"),
        *_usual_first("product__currency", USUAL_CURRENCY),
        *_usual_first("product__price_unit", Unit.PIECE),
        "product__price_low",
        "product__hs6",
        "pk",
    ),
    "moq": (
        _stated_first("product__moq"),
        *_usual_first("product__moq_unit", Unit.PIECE),
        "product__moq",
        "product__hs6",
        "pk",
    ),
    "lead": ("product__lead_days", "product__hs6", "pk"),
    "hs": ("product__hs6", "booth__hall__number", "booth__sort_key", "pk"),
    "newest": ("-pk",),
    "": ("rank", "booth__hall__number", "booth__sort_key", "pk"),
}
BOOTH_SORTS: dict[str, tuple[str, ...]] = {
    "number": ("hall__number", "sort_key", "pk"),
    "newest": ("-pk",),
}


def halls(fair: Fair) -> "QuerySet[Hall]":
    """The halls, each with the number of its approved companies as `exhibitors`."""
    approved = Q(booths__participation__state="approved")
    return fair.halls.annotate(exhibitors=Count("booths", filter=approved)).order_by("number")


def booths(fair: Fair, person: User | AnonymousUser, hall: Hall | None = None) -> "QuerySet[Booth]":
    """The booths of the fair or of one hall that this person may see."""
    rows = Booth.objects.filter(is_visible(fair, person)).defer(*SEARCHED)
    if hall is not None:
        rows = rows.filter(hall=hall)
    rows = rows.select_related("hall", "participation__company")
    return with_logos(rows, "participation__company").order_by(*BOOTH_SORTS["number"])


def with_goods(booths: "QuerySet[Booth]") -> "QuerySet[Booth]":
    """Each booth has `goods`: the first three products that have a picture."""
    pictured = Display.objects.exclude(product__picture=None).select_related("product__picture")
    goods = pictured.prefetch_related("product__picture__renditions").order_by("rank", "pk")[:CARD_PICTURES]
    return booths.prefetch_related(Prefetch("displays", goods, to_attr="goods"))


def displays(fair: Fair, person: User | AnonymousUser) -> "QuerySet[Display]":
    """The products shown in the fair, each at its booth."""
    return (
        with_covers(Display.objects.filter(is_visible(fair, person, "booth__")), "product__picture")
        .select_related("product__company", "booth__hall")
        .defer(*(f"{path}__{name}" for path in ("booth", "product") for name in SEARCHED))
        .order_by(*SORTS[""])
    )


def cards(fair: Fair, person: User | AnonymousUser) -> "QuerySet[Display]":
    """The products shown in the fair with what their cards show: their other texts are wide and many."""
    paths = ("product__picture", "product__company__name", "booth__hall__pattern")
    return displays(fair, person).only("rank", *paths, *(f"product__{name}" for name in ON_CARD))


def sees_demands(fair: Fair, person: User | AnonymousUser) -> bool:
    """Whether the fair may have demands that this person sees: visitors, who search most, see none."""
    own = memberships(person, fair.pk)
    return bool(own.staff_of or own.roles & {Role.ORGANISER, Role.DELEGATED})


def demands(fair: Fair, person: User | AnonymousUser) -> "QuerySet[Demand]":
    """The demands of the fair that this person may see, with their status; the newest first."""
    rows = Demand.objects.visible_to(person).filter(fair=fair).with_status(fair_date(fair, timezone.now()))
    return rows.defer(*SEARCHED).select_related("participation__company").order_by("-pk")


def by_name(rows: "QuerySet[Booth]") -> list[int]:
    """The keys of these booths in the order of their companies' names, as the reader of the active language has it.

    In Python, for no database has all three orders: GB 18030 has the common Chinese characters in that of pinyin.
    """
    names = rows.order_by("pk").values_list("pk", "participation__company__name")
    return [pk for _, pk in sorted((_place_of(str(Translated(name))), pk) for pk, name in names)]


def _place_of(name: str) -> bytes:
    folded = fold(name)
    return folded.encode("gb18030" if current_language() == "zh-hans" else "utf-8")


def codes(rows: "QuerySet[Display]") -> list[str]:
    """The HS codes of these products, in order."""
    return list(rows.order_by("product__hs6").values_list("product__hs6", flat=True).distinct())


def certificates(rows: "QuerySet[Display]") -> list[tuple[str, str]]:
    """The certificates these products have, by their names alone, as choices."""
    lists: Iterable[list[str]] = rows.order_by().values_list("product__certificates", flat=True).distinct()
    named = sorted({certificate_name(text) for stated in lists for text in stated} - {""})
    # Of one that some write in other letters, the first.
    names = {name.upper(): name for name in reversed(named)}
    return [(name, name) for name in sorted(names.values())]


def currencies(rows: "QuerySet[Display]") -> list[tuple[str, str]]:
    """The currencies these products have prices in, as choices."""
    priced = rows.filter(product__price_low__isnull=False).order_by("product__currency")
    return [(code, code) for code in priced.values_list("product__currency", flat=True).distinct()]


def units(rows: "QuerySet[Display]") -> list[tuple[str, str]]:
    """What these products are priced in and have minimum orders of, as choices."""
    pairs = rows.order_by().values_list("product__price_unit", "product__moq_unit").distinct()
    found = {unit for pair in pairs for unit in pair}
    return [(unit.value, str(unit.label)) for unit in Unit if unit.value in found]


def places(rows: "QuerySet[Any]", company: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The countries and the cities of these rows' companies, as choices.

    `company`: the path to them. A city that several wrote in their own way is called what the first did.
    """
    written = rows.order_by(f"{company}__city", company).distinct()
    countries: set[str] = set()
    cities: dict[str, dict[str, str]] = {}
    for country, key, name in written.values_list(f"{company}__country", f"{company}__city", f"{company}__city_name"):
        countries.add(country)
        cities[key] = {**name, **cities.get(key, {})}
    named = sorted(((code, country_name(code)) for code in countries), key=itemgetter(1))
    return named, [(key, city_label(key, name)) for key, name in cities.items() if key]


def kinds(rows: "QuerySet[Any]", company: str) -> list[tuple[str, str]]:
    """The kinds of these rows' companies, as choices in the order of the list, then those that were written."""
    found = set(rows.order_by().values_list(f"{company}__kind", flat=True).distinct()) - {""}
    listed = [(kind.value, str(kind.label)) for kind in Company.Kind if kind.value in found]
    return listed + [(kind, kind) for kind in sorted(found - set(Company.Kind.values))]


def inquiries(booth: Booth, person: User) -> "QuerySet[Inquiry]":
    """The booth's inquiries, the longest waiting first, with `unread` for this person and `waiting_since`.

    A visitor waits from their first message after the booth's last one; without any message nobody waits.
    """
    messages = Message.objects.filter(conversation=OuterRef("conversation"))
    # The conversation has no members but the visitor and the booth's people: not by the visitor is by the booth.
    answered = messages.exclude(author=OuterRef("visitor")).order_by("-seq").values("seq")[:1]
    read = Member.objects.filter(conversation=OuterRef("conversation"), user=person).values("read_up_to")[:1]
    rows = booth.inquiries.select_related("conversation").annotate(
        answered_up_to=Coalesce(Subquery(answered), 0),
        unread=newest_number(OuterRef("conversation")) - Coalesce(Subquery(read), 0),
    )
    unanswered = messages.filter(seq__gt=OuterRef("answered_up_to"), author=OuterRef("visitor"))
    first_at = unanswered.order_by().values("conversation").annotate(at=Min("sent_at")).values("at")
    return rows.annotate(waiting_since=Subquery(first_at)).order_by(
        F("waiting_since").asc(nulls_last=True), F("conversation__last_message_at").desc(nulls_last=True), "-pk"
    )


def next_shifts(booth: Booth, now: datetime) -> "QuerySet[Shift]":
    """The shifts of those who come to the booth next: all that begin at the same time."""
    ahead = Shift.objects.filter(booth=booth, starts_at__gt=now, staff__user__is_active=True).order_by(
        "starts_at", "pk"
    )
    return ahead.filter(starts_at=Subquery(ahead.values("starts_at")[:1])).select_related("staff__user")
