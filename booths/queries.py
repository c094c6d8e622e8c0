"""What the pages read of halls, booths, products, buyers and inquiries, in a fixed number of queries."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.expressions import OrderBy
from django.db.models.functions import Cast, Coalesce, Substr

from chat.models import Member, Message
from chat.queries import newest_number
from fairplatform.accounts.locations import city_label
from fairplatform.accounts.models import User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Hall, Participation
from fairplatform.i18n.text import LANGUAGES

from . import hs_codes
from .models import Booth, Display, Inquiry
from .search import hs_prefix

MOST_HEADINGS = 50  # that a search for buyers takes, of those that match its word
# The HS heading (four digits) of a product on display.
HEADING = Substr("product__hs6", 1, 4)
SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "price": (F("product__price_low").asc(nulls_last=True), "product__hs6", "pk"),
    "moq": ("product__moq", "product__hs6", "pk"),
    "lead": ("product__lead_days", "product__hs6", "pk"),
    "hs": ("product__hs6", "booth__hall__number", "booth__number", "pk"),
    "": ("rank", "booth__hall__number", "booth__number", "pk"),
}


def halls(fair: Fair) -> "QuerySet[Hall]":
    """The halls, each with the number of its approved companies as `firms`."""
    approved = Q(booths__participation__state="approved")
    return fair.halls.annotate(firms=Count("booths", filter=approved)).order_by("number")


def booths(fair: Fair, person: User | AnonymousUser, hall: Hall | None = None) -> "QuerySet[Booth]":
    """The booths of the fair or of one hall that this person may see."""
    rows = Booth.objects.visible_to(person).filter(fair=fair)
    if hall is not None:
        rows = rows.filter(hall=hall)
    return rows.select_related("hall", "participation__company").order_by("hall__number", "number")


def buyers(fair: Fair, person: User, query: str = "") -> "QuerySet[Participation]":
    """The approved buyers that this person may see, without their own companies; `query`: name, HS code, goods."""
    rows = Participation.objects.visible_to(person).filter(fair=fair, buys=True, state=Participation.State.APPROVED)
    if query:
        matches, rows = Q(), rows.alias(wanted=Cast("wants", TextField()))
        for language in LANGUAGES:
            matches |= Q(**{f"company__name__{language}__icontains": query.strip()})
        sought = [hs_prefix(query)[:4]] if hs_prefix(query) else hs_codes.headings_matching(query)
        for heading in sought[:MOST_HEADINGS]:
            # SQLite has no `contains` for JSON. Codes are stored as `8203…` or as `82.03…`.
            matches |= Q(wanted__contains=f'"{heading}') | Q(wanted__contains=f'"{heading[:2]}.{heading[2:]}')
        rows = rows.filter(matches)
    own = memberships(person, fair.pk).staff_of
    return rows.exclude(pk__in=own).select_related("company", "fair").order_by("company__slug")


def own_headings(fair: Fair, person: User) -> set[str]:
    """The HS headings (four digits) of the products that the person's own companies show in the fair."""
    own = Display.objects.filter(booth__participation__in=memberships(person, fair.pk).staff_of)
    return set(own.values_list(HEADING, flat=True))


def displays(fair: Fair, person: User | AnonymousUser) -> "QuerySet[Display]":
    """The products shown in the fair, each at its booth."""
    visible = Booth.objects.visible_to(person).filter(fair=fair)
    return (
        Display.objects.filter(booth__in=visible)
        .select_related("product__company", "product__picture", "booth__hall")
        .order_by(*SORTS[""])
    )


def headings(rows: "QuerySet[Display]") -> list[tuple[str, str]]:
    """The HS headings of these products, as (code, code and short title)."""
    codes = rows.annotate(heading=HEADING).order_by("heading").values_list("heading", flat=True)
    return [(code, f"{code} · {hs_codes.short_title(code)}") for code in codes.distinct()]


def certificates(rows: "QuerySet[Display]") -> list[tuple[str, str]]:
    """The certificates these products have, as choices."""
    lists: Iterable[list[str]] = rows.order_by().values_list("product__certificates", flat=True).distinct()
    return [(name, name) for name in sorted({name for stated in lists for name in stated})]


def cities(rows: "QuerySet[Display]") -> list[tuple[str, str]]:
    """The cities of these products' companies, as choices; one that several wrote in their own way as the first did."""
    written = rows.order_by("product__company__city", "product__company").distinct()
    names: dict[str, dict[str, str]] = {}
    for key, name in written.values_list("product__company__city", "product__company__city_name"):
        names[key] = {**name, **names.get(key, {})}
    return [(key, city_label(key, name)) for key, name in names.items()]


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
