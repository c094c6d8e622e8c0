"""`{% lattice hall.number 72 72 %}`, `{% mark %}`, `{% seal "agreed" %}` and `{% seam "waiting" %}` for templates."""

from typing import Any, cast

from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from fairplatform.design import lattice as drawing
from fairplatform.design import seal as figure

register = template.Library()


def _key(context: Context) -> str:
    """A number for each drawing of one page: an SVG pattern is found by its id."""
    page = cast(dict[str, Any], context.render_context.dicts[0])
    page["drawings"] = page.get("drawings", 0) + 1
    return str(page["drawings"])


@register.simple_tag(takes_context=True)
def lattice(context: Context, pattern: str | int, width: int, height: int) -> SafeString:
    """A hall's pattern, by its number or its name, as large as said."""
    return mark_safe(drawing.lattice(pattern, width, height, key=_key(context)))


@register.simple_tag
def mark(css_class: str = "mark") -> SafeString:
    """The mark of the platform."""
    return mark_safe(figure.mark(escape(css_class)))


@register.simple_tag
def seal(state: str, css_class: str = "seal") -> SafeString:
    """How far two parties have come: none, mine, theirs, differing or agreed."""
    return mark_safe(figure.seal(escape(state), escape(css_class)))


@register.simple_tag(takes_context=True)
def seam(context: Context, state: str) -> SafeString:
    """What lies between two parties' cards: open, waiting, differing or agreed."""
    return mark_safe(figure.seam(escape(state), key=_key(context)))


@register.filter
def tone(number: int) -> int:
    """How dark a hall's band is, 0 to 2: no two neighbours of four in a row are alike."""
    return (number - 1 + (number - 1) // 4) % 3
