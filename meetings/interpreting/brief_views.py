"""The brief of a meeting on paper, in the languages that its two companies speak."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from booths import hs_codes, incoterms
from booths.hs_codes import HEADING
from booths.models import Product, Quote
from fairplatform.accounts.request import FairRequest
from fairplatform.i18n import numbers
from fairplatform.i18n.languages import short_language
from fairplatform.i18n.text import HTML_LANG, LANGUAGES, Translated, direction
from fairplatform.policy import permits
from meetings.brief import Match, companies, interpreters, match
from meetings.matching.languages import Tongues
from meetings.models import Meeting


@dataclass(frozen=True)
class Terms:
    """Goods and what they are offered on. The codes, which are the same in every language, and a price in figures."""

    goods: Translated
    hs_code: str
    amount: str
    price: str
    per: object
    incoterm: str
    place: str
    lead_days: int | None
    payment: str = ""

    @property
    def title(self) -> Translated:
        return hs_codes.short_title(self.hs_code[:HEADING]) if self.hs_code else Translated()

    @property
    def incoterm_words(self) -> str:
        return incoterms.in_words(self.incoterm)


@require_GET
@permits("meeting.see", Meeting, fair="fair__slug", pk="pk")
def brief(request: FairRequest, meeting: Meeting) -> HttpResponse:
    """What both companies and their interpreter may read: profiles, goods, and the quotes between the two."""
    rows = Meeting.objects.with_names().prefetch_related("participants__user")
    loaded: Meeting = rows.get(pk=meeting.pk)
    found = match(loaded)
    context = {
        "fair": loaded.fair,
        "meeting": loaded,
        # In the language of each sheet, therefore called there.
        "companies": lambda: list(companies(loaded).values()),
        "interpreters": interpreters(loaded),
        "match": found,
        "sheets": [
            {"language": code, "html_lang": HTML_LANG[code], "dir": direction(code)} for code in _spoken(loaded)
        ],
        "goods": lambda: [_of_product(product) for product in _goods(found)],
        "quotes": lambda: [_of_quote(quote) for quote in _quotes(loaded)],
    }
    return render(request, "meetings/brief_paper.html", context)


def _spoken(meeting: Meeting) -> list[str]:
    """The program's languages that one of the two speaks and the other does not; without any, all that one speaks."""
    tongues = Tongues(meeting.fair, (meeting.exhibitor, meeting.buyer))
    one, other = (tongues.of(company.pk).languages for company in (meeting.exhibitor, meeting.buyer))
    own = {code: short_language(code) for code in LANGUAGES}
    shared = one & other
    apart = [code for code, short in own.items() if short in (one | other) - shared]
    if len(apart) < 2 or shared:
        apart = [code for code, short in own.items() if short in one | other]
    return apart or ["en"]


def _goods(found: Match) -> Iterable[Product]:
    return [product for heading in found.shown for product in heading.goods]


def _quotes(meeting: Meeting) -> list[Quote]:
    rows = Quote.objects.standing().filter(participation=meeting.exhibitor, demand__participation=meeting.buyer)
    return list(rows.select_related("newest").order_by("pk"))


def _of_product(product: Product) -> Terms:
    return Terms(
        Translated(product.name), product.hs6, str(product.minimum_order), _range(product), product.per,
        product.incoterm, product.place_name, product.lead_days,
    )  # fmt: skip


def _of_quote(quote: Quote) -> Terms:
    version = quote.newest
    assert version is not None
    assert version.figure is not None
    return Terms(
        Translated(version.goods), version.hs_code, version.amount,
        numbers.format_price(version.figure, version.currency), version.per, version.incoterm, version.place_name,
        version.lead_days, version.payment,
    )  # fmt: skip


def _range(product: Product) -> str:
    if product.prices is None:
        return _("price on request")
    low, high = product.prices
    return " – ".join(_price(figure, product.currency) for figure in dict.fromkeys((low, high)))


def _price(figure: Decimal, currency: str) -> str:
    return numbers.format_price(figure, currency)
