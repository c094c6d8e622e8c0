"""Drawings: `{% lattice hall.number 72 72 %}`, `{% mark %}`, `{% seal "agreed" %}`, `{% seam "waiting" %}`."""

from typing import Any, cast

from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from fairplatform.design import lattice as drawing
from fairplatform.design import seal as figure

register = template.Library()


def _key(context: Context) -> str:
    """A number for each drawing of a page: SVG refers to a pattern by its id, which must be unique."""
    page = cast(dict[str, Any], context.render_context.dicts[0])
    page["drawings"] = page.get("drawings", 0) + 1
    return str(page["drawings"])


@register.simple_tag(takes_context=True)
def lattice(context: Context, pattern: str | int, width: int, height: int) -> SafeString:
    """A pattern by its name or a hall's number; width and height in pixels."""
    return mark_safe(drawing.lattice(pattern, width, height, key=_key(context)))


@register.simple_tag
def mark() -> SafeString:
    """The mark of the platform."""
    return mark_safe(figure.mark())


@register.simple_tag
def seal(state: str, *, large: bool = False) -> SafeString:
    """How far two parties have come: none, drafted, mine, theirs, differing or agreed."""
    return mark_safe(figure.seal(escape(state), large=large))


@register.simple_tag(takes_context=True)
def seam(context: Context, state: str) -> SafeString:
    """What lies between two parties' cards: waiting or agreed."""
    return mark_safe(figure.seam(escape(state), key=_key(context)))


@register.filter
def tone(number: int) -> int:
    """How dark a hall's band is, 0 to 2, such that no two neighbours are alike where four stand in a row."""
    return (number - 1 + (number - 1) // 4) % 3
