"""Pieces that many pages share: `{% icon %}`, `{% description %}`, `{% empty %}` and others."""

from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from django import template
from django.forms import BaseForm, BoundField
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


Forms: TypeAlias = BaseForm | list[BaseForm]


@register.inclusion_tag("components/form_errors.html")
def form_errors(*forms: Forms, said: str | None = None) -> dict[str, object]:
    """What is wrong in these forms, with links to their fields: the page opens with the focus on it.

    Where one field alone is wrong, its input has the focus instead: it is described by its error. This tag stands
    above the fields. ``said``: a sentence that stands above the others.
    """
    shown = list(all_of(forms))
    general = [sentence for form in shown for sentence in form.non_field_errors()]
    wrong = [field for form in shown for field in form if field.errors]
    if len(wrong) == 1 and not (said or general or wrong[0].use_fieldset):
        wrong.pop().field.widget.attrs["autofocus"] = True
    return {"said": said, "general": general, "fields": [(field, _first_input(field)) for field in wrong]}


def all_of(given: tuple[Forms, ...]) -> Iterator[BaseForm]:
    """The forms that a tag was given one by one or in lists."""
    for one in given:
        yield from one if isinstance(one, list) else [one]


def _first_input(field: BoundField) -> str:
    """The id of the field's only or first input."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label
