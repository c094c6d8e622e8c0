"""Template tags for demands and quotes: `{% load demands %}`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from babel.dates import format_skeleton
from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fairplatform.demands import notifying
from fairplatform.i18n.numbers import format_price
from fairplatform.i18n.text import Translated, current_language
from fairplatform.i18n.times import BABEL_LOCALE

register = template.Library()


class PerUnit(Protocol):
    """A demand, or a version of a quote."""

    currency: str

    @property
    def per(self) -> Promise | str: ...


@register.simple_tag
def figure(amount: Decimal | None, of: PerUnit) -> SafeString | str:
    """A price for one unit, in the currency it was named in: it is never converted."""
    if amount is None:
        return ""
    shown = format_price(amount.normalize(), of.currency)
    return format_html('<bdi class="amount" dir="ltr">{}</bdi> <span>{}</span>', shown, of.per)


@register.simple_tag
def dated(on: date) -> SafeString:
    """A day with its year: what is wanted or offered may end in another one."""
    shown = format_skeleton("yMMMEd", on, locale=BABEL_LOCALE[current_language()])
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), shown)


@register.filter
def excerpt(text: Mapping[str, str]) -> Translated:
    """The beginning of a demand's text, for titles and links."""
    return notifying.excerpt(text)
