"""The search over the booths, products and demands of a fair."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from booths import hs_codes, searching, suggesting
from booths.filtering import MOST
from booths.hs_codes import HEADING, SUBHEADING
from booths.hs_typed import typed_code
from booths.models import Booth, Demand, Display
from booths.search import MAX_WORDS, Query, has_more_words
from booths.search_form import KINDS, SearchForm
from booths.search_reasons import Reasons, Sources, booth_sources, demand_sources, product_sources, reasons
from booths.searching import Result
from fairplatform.accounts.rate_limits import count_one, counted_as
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import current_language
from fairplatform.policy import Role, permits
from fairplatform.server.forwarded_headers import network_of

LABELS = {"all": _("All"), "booths": _("Exhibitors"), "products": _("Products"), "demands": _("Demands")}
# Suggestions asked for within a minute. A whole exhibition hall may share an address.
OF_PERSON, OF_NETWORK = 300, 6000
SEES_DEMANDS = {Role.EXHIBITOR, Role.ORGANISER}


@dataclass(frozen=True)
class Shown:
    """A result with the reasons why it was found that its texts do not show."""

    result: Result
    reasons: Reasons


@dataclass(frozen=True)
class Tab:
    """A kind of results, their number and the address of them alone; `is_more`: there are that many or more."""

    label: Promise
    count: int
    is_more: bool
    query: str
    is_current: bool


@require_GET
@permits("fair.see", Fair, fair="slug")
def search(request: FairRequest, fair: Fair) -> HttpResponse:
    form = SearchForm(request.GET)
    values = form.cleaned_data if form.is_valid() else {"q": "", "kind": "all", "page": ""}
    words, kind = values["q"], values["kind"]
    found = searching.search(fair, request.actor.person, words, KINDS[kind], current_language(), values["page"])
    code = typed_code(words)[:SUBHEADING]
    context = {
        "fair": fair,
        "form": form,
        "words": words,
        "found": found,
        "rows": _with_reasons(found.rows, found.query),
        "page": found.page,
        "query": f"{_address(words, kind)}&",
        "tabs": _tabs(request, fair, words, kind, found.counts),
        "most_words": MAX_WORDS if has_more_words(words) else 0,
        "is_best": MOST in found.counts.values(),
        "lists": _lists(request, fair, words, kind),
        "elsewhere": f"?{_address(words)}" if any(found.counts.values()) else "",
        "code": code if hs_codes.exists(code) else "",
        "of_another_edition": _of_another_edition(code),
    }
    return render(request, "booths/search_page.html", context)


def _of_another_edition(code: str) -> str:
    """The code, if it is a subheading that HS 2022 does not have under a heading that it has; else empty."""
    is_missing = len(code) == SUBHEADING and not hs_codes.exists(code)
    return code if is_missing and hs_codes.exists(code[:HEADING]) else ""


@require_GET
@permits("fair.see", Fair, fair="slug")
def suggestions(request: FairRequest, fair: Fair) -> HttpResponse:
    """The list below the search box, for what has been typed so far; empty for whoever types faster than people do."""
    typed = request.GET.get("q", "") if _may_ask(request) else ""
    query, found = suggesting.suggestions(fair, request.actor.person, typed)
    return render(request, "booths/suggestions.html", {"fair": fair, "sought": query, "suggestions": found})


def _may_ask(request: FairRequest) -> bool:
    person = request.user
    if person.is_authenticated:
        return count_one(f"suggestions:{counted_as(person, request.session.session_key)}", limit=OF_PERSON, seconds=60)
    network = network_of(request.META.get("REMOTE_ADDR", ""))
    return count_one(f"suggestions:{network}", limit=OF_NETWORK, seconds=60)


def _address(words: str, kind: str = "all") -> str:
    return urlencode({"q": words} if kind == "all" else {"q": words, "kind": kind})


def _tabs(request: FairRequest, fair: Fair, words: str, current: str, counts: dict[str, int]) -> list[Tab]:
    """Demands have one for those alone who may find any."""
    sees_demands = memberships(request.actor.person, fair.pk).roles & SEES_DEMANDS or counts["demand"]
    tabs = []
    for name, kind in KINDS.items():
        if kind != "demand" or sees_demands:
            numbers = [counts[kind]] if kind in counts else list(counts.values())
            is_more = MOST in numbers
            tabs.append(Tab(LABELS[name], sum(numbers), is_more, _address(words, name), name == current))
    return tabs


def _lists(request: FairRequest, fair: Fair, words: str, kind: str) -> list[tuple[Promise, str]]:
    """The lists with filters that the words lead to: their names and addresses. Demands have one for exhibitors."""
    address = {"booths": "booths:halls", "products": "booths:products"}
    if Role.EXHIBITOR in memberships(request.actor.person, fair.pk).roles:
        address["demands"] = "demands:wanted"
    more = {"demands": {"show": "all"}}
    return [
        (LABELS[name], f"{reverse(route, args=[fair.slug])}?{urlencode({**more.get(name, {}), 'q': words})}")
        for name, route in address.items()
        if kind in ("all", name)
    ]


def _with_reasons(rows: list[Result], query: Query) -> list[Shown]:
    goods = _goods([row.row.pk for row in rows if row.kind == "booth"], query)
    return [Shown(row, reasons(query, _sources(row, goods))) for row in rows]


def _sources(result: Result, goods: dict[int, list[Display]]) -> Sources:
    language = current_language()
    match result.row:
        case Booth() as booth:
            return booth_sources(booth, goods[booth.pk], language)
        case Display() as display:
            return product_sources(display, language)
        case Demand() as demand:
            return demand_sources(demand, language)


def _goods(booths: list[int], query: Query) -> dict[int, list[Display]]:
    """By booth, its products that match a word of the query."""
    found: dict[int, list[Display]] = defaultdict(list)
    if booths:
        for display in searching.goods_matching(booths, query):
            found[display.booth_id].append(display)
    return found
