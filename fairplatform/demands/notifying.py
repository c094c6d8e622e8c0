"""Tells the two sides of a demand what the other one has done."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.text import Truncator

from booths.models import Demand, Quote
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation
from fairplatform.i18n.text import Translated
from fairplatform.notices.actions import notify
from meetings.staffing import representatives

EXCERPT = 60  # characters of a demand's text in a notice
# Unread notices of these codes about one page are replaced: people are told once, of what is the case now.
OF_QUOTES = ("quote_received", "quote_changed", "quote_withdrawn")
OF_DEMANDS = ("demand_changed", "demand_closed")


def excerpt(text: Mapping[str, str]) -> Translated:
    """The beginning of a demand's text in each language."""
    return Translated({code: Truncator(words).chars(EXCERPT) for code, words in text.items()})


def tell_buyer(quote: Quote, code: str, *, now: datetime) -> None:
    """The demand's company reads all answers on one page, so a notice about one replaces that seller's earlier ones."""
    path = f"{reverse('demands:answers', args=[quote.demand.fair.slug, quote.demand_id])}#quote-{quote.pk}"
    tell(quote.demand, representatives(quote.demand.participation), code, quote.participation, path, now, OF_QUOTES)


def tell_sellers(demand: Demand, code: str, *, now: datetime) -> None:
    """Those whose quotes stand."""
    path = reverse("demands:quote", args=[demand.fair.slug, demand.pk])
    for quote in Quote.objects.standing().filter(demand=demand).select_related("participation"):
        tell(demand, representatives(quote.participation), code, demand.participation, path, now, OF_DEMANDS)


def tell(
    demand: Demand,
    people: Iterable[User],
    code: str,
    company: Participation,
    path: str,
    now: datetime,
    supersedes: tuple[str, ...] = (),
) -> None:
    notify(
        people,
        fair=demand.fair,
        code=code,
        parameters={"company": company.company.name, "demand": excerpt(demand.text)},
        path=path,
        now=now,
        supersedes=supersedes,
    )
