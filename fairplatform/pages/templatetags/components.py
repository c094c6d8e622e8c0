"""Pieces that many pages share: `{% icon %}`, `{% description %}`, `{% empty %}` and others."""

from functools import cache

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fairplatform.i18n.templatetags import language

register = template.Library()

_SIZES = {"": "icon", "small": "icon icon--small", "large": "icon icon--large"}


@register.simple_tag
@cache
def icon(name: str, size: str = "", *, mirrored: bool = False, when: str = "") -> SafeString:
    """A symbol of img/icons.svg, hidden from screen readers.

    ``size`` is small, large or empty (20 pixels). ``mirrored``: turned round in right-to-left pages.
    ``when``: on or off, for one of the two icons of a button that can be pressed.
    """
    css = _SIZES[size] + (" icon--mirrored" if mirrored else "")
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"{}><use href="{}#{}"></use></svg>',
        css,
        format_html(' data-when="{}"', when) if when else "",
        static("img/icons.svg"),
        name,
    )


@register.simple_block_tag(end_name="enddescription")
def description(content: SafeString) -> SafeString:
    """What search engines show of a public page. A page without one, its reader's own or an error, is not indexed."""
    words = SafeString(" ".join(content.split()))
    if not words:
        return SafeString('<meta name="robots" content="noindex">')
    return format_html('<meta name="description" content="{}">', words)


@register.simple_block_tag(takes_context=True, end_name="endempty")
def empty(
    context: Context,
    content: SafeString,
    title: str,
    *,
    url: str = "",
    label: str = "",
    pattern: str | int = 2,
    reference: str = "",
) -> SafeString:
    """An empty state: what is not here, and between the tags what to do about it.

    ``url`` and ``label`` make a button. ``pattern`` is a lattice's name or a hall's number. ``reference`` is an
    error's number, for the reader to quote.
    """
    values = {"title": title, "advice": SafeString(content.strip()), "url": url, "label": label}
    with context.push(**values, pattern=pattern, reference=reference):
        return context.template.engine.get_template("components/empty.html").render(context)  # type: ignore[union-attr]


@register.simple_tag
def other_scripts(name: dict[str, str]) -> SafeString:
    """A name in the scripts that the reader did not choose, each in a `<bdi>` of its language."""
    texts = language.other_scripts(name)
    return format_html_join(
        " ", '<bdi lang="{}" dir="{}">{}</bdi>', ((text.html_lang, text.dir, text.text) for text in texts)
    )


@register.simple_tag
@cache
def demo_strip() -> SafeString:
    """That the data is invented, in all three languages at once: the same for every reader."""
    return render_to_string("components/demo_strip.html")
