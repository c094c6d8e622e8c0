"""The search of a fair for other programs: what the search page finds for a visitor."""

from collections.abc import Iterable
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from booths.filtering import MOST
from booths.hs_codes import SUBHEADING
from booths.models import Display
from booths.search import Query as Sought
from booths.search_form import MAX_LENGTH
from booths.searching import ALL, Result, goods_matching, search
from fairplatform.accounts.actor import VISITOR
from fairplatform.fairs.models import Fair
from fairplatform.policy import load

from .operations import ERRORS, MISSING, Part, Slug
from .shapes import Hs, Page

router = Router()
LANGUAGES = {"": "en", "en": "en", "zh": "zh-hans", "ur": "ur"}


class Search(Part):
    q: str = Field(
        "",
        max_length=MAX_LENGTH,
        description="Words in any of the three languages, or an HS code from two digits.",
    )
    kind: Literal["", "booth", "product", "demand"] = Field("", description="All kinds when left out.")
    lang: Literal["", "en", "zh", "ur"] = Field("", description="The language of the titles: English when left out.")


class Found(Schema):
    kind: Literal["booth", "product", "demand"]
    key: str = Field(description="In addresses: a booth's slug, the key of a product or a demand.")
    title: str
    hs: str | None = Hs("HS 2022; of a booth, that of the first of its products that is found, or is shown there.")
    score: int = Field(description="The greater, the surer it is what was sought.")


class FoundPage(Page[Found]):
    """A part of what is found: `limit` rows from `offset` on, of `total`, the most relevant first."""

    is_cut: bool = Field(description=f"The search stopped at {MOST} of a kind: more may match than `total` counts.")


@router.get(
    "/fairs/{slug:fair}/search",
    response={200: FoundPage, **MISSING, **ERRORS},
    operation_id="search",
    tags=["Search"],
    url_name="search",
)
def find(request: HttpRequest, fair: Slug, sought: Query[Search]) -> FoundPage:
    """What matches all words of `q` in a fair, the most relevant first."""
    the_fair = load(Fair, VISITOR, "fair.see", slug=fair)
    # From the first row on, for a part may begin anywhere; a search finds no more than MOST of each kind.
    end, language = sought.offset + sought.limit, LANGUAGES[sought.lang]
    results = search(the_fair, VISITOR.person, sought.q, sought.kind or ALL, language, per_page=end)
    rows = results.rows[sought.offset :]
    codes = _booth_codes(rows, results.query)
    kinds = [sought.kind] if sought.kind else results.counts
    return FoundPage(
        results=[_found(row, codes) for row in rows],
        total=results.total,
        is_cut=any(results.counts[kind] == MOST for kind in kinds),
    )


def _found(row: Result, codes: dict[int, str]) -> Found:
    code = codes.get(row.row.pk, "") if row.kind == "booth" else row.hs
    fields: dict[str, Any] = {"kind": row.kind, "key": row.key, "title": row.title.text}
    return Found(**fields, hs=code or None, score=row.score)


def _booth_codes(rows: Iterable[Result], query: Sought) -> dict[int, str]:
    """By booth, the HS code of the first product that the query finds at it, else of the first that it shows."""
    booths = [row.row.pk for row in rows if row.kind == "booth"]
    if not booths:
        return {}
    shown = Display.objects.filter(booth__in=booths).order_by("rank", "pk")
    pairs = shown.values_list("booth", "product__hs6")
    matching = [(display.booth_id, display.product.hs6) for display in goods_matching(booths, query)]
    return _first(pairs) | _first(matching)


def _first(pairs: Iterable[tuple[int, str]]) -> dict[int, str]:
    """By booth, its first code that has all six digits."""
    codes: dict[int, str] = {}
    for booth, code in pairs:
        if len(code) == SUBHEADING:
            codes.setdefault(booth, code)
    return codes
