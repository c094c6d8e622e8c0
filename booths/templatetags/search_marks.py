"""Template tags for what a search found: `{% load search_marks %}`."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from booths.search import Query
from booths.search_marks import excerpt, pieces
from fairplatform.i18n.templatetags.language import text_tag
from fairplatform.i18n.text import Text, Translated, current_language

register = template.Library()
_MATCH = "<mark>{}</mark>"


@register.simple_tag
def marked(value: Translated | Text | str, query: Query | None, *, short: bool = False) -> SafeString:
    """Text of a user as `{% text %}` has it, with what the query sought in `<mark>`.

    ``short``: of a long text as much as a list has room for.
    """
    match value:
        case Translated():
            shown = value.in_language(current_language())
        case Text():
            shown = value
        case _:
            shown = Text(value, current_language(), fallback=False)
    if not query:
        return text_tag(shown)
    text = excerpt(shown.text, query) if short else shown.text
    return text_tag(shown._replace(text=with_marks(text, query)))


def with_marks(text: str, query: Query) -> SafeString:
    """The text, escaped, with what the query sought in `<mark>`."""
    parts = ((_MATCH if piece.is_match else "{}", piece.text) for piece in pieces(text, query))
    return format_html_join("", "{}", ((format_html(form, part),) for form, part in parts))
