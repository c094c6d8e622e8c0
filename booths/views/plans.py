"""The plans of a hall and of a fair, drawn once for everybody; who is there comes by the socket."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from booths import floor_plan, queries
from booths.floor_plan import Place, Plan
from booths.models import Booth
from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import Fair, Hall
from fairplatform.i18n.text import Translated, current_language, direction

from .list_pages import ANYBODY


class Shown(NamedTuple):
    """A booth or hall on its plan, and the lines of its name that fit there."""

    row: Booth | Hall
    place: Place
    lines: list[str]


# By template, the key of the hall or fair, and language: what was drawn last, and from what. Any change to a fair makes
# the content cache forget, few change a plan, and one of 500 booths takes half a second to draw.
_drawn: dict[tuple[str, int, str], tuple[object, SafeString]] = {}


def hall_plan(hall: Hall) -> SafeString:
    """The booths of a hall as a plan and as a table; empty for a hall without booths."""

    def draw() -> SafeString:
        rows = list(queries.booths(hall.fair, ANYBODY, hall))
        names = [row.participation.company.name for row in rows]
        of = (hall.fair.slug, [(row.pk, row.number, row.slug, name) for row, name in zip(rows, names, strict=True)])
        return _draw("booths/hall_plan.html", hall.pk, of, hall.fair, floor_plan.booths, rows, names)

    return cached(("booths.hall_plan", hall.pk), draw)


def halls_plan(fair: Fair) -> SafeString:
    """The halls of a fair as a plan; empty for a fair without halls."""

    def draw() -> SafeString:
        rows = list(fair.halls.order_by("number"))
        names = [row.name for row in rows]
        of = (fair.slug, [(row.pk, row.number, name) for row, name in zip(rows, names, strict=True)])
        for row in rows:
            row.fair = fair  # of which each has the address
        return _draw("booths/halls_plan.html", fair.pk, of, fair, floor_plan.halls, rows, names)

    return cached(("booths.halls_plan", fair.pk), draw)


def _draw(
    template: str,
    key: int,
    of: object,
    fair: Fair,
    planned: Callable[..., Plan],
    rows: Sequence[Booth | Hall],
    names: Sequence[Mapping[str, str]],
) -> SafeString:
    """The plan of these rows; `of`: all that is drawn of them."""
    language = current_language()
    last, drawing = _drawn.get((template, key, language), (None, SafeString()))
    if last != of:
        plan = planned(len(rows), mirrored=direction(language) == "rtl")
        shown = [
            Shown(row, place, floor_plan.lines(str(Translated(name)), place.width))
            for row, place, name in zip(rows, plan.places, names, strict=True)
        ]
        context = {"fair": fair, "plan": plan, "shown": shown}
        drawing = SafeString(render_to_string(template, context) if rows else "")
        _drawn[template, key, language] = of, drawing
    return drawing
