"""Template tags for user text, times, amounts and codes in the reader's language: `{% load language %}`."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fairplatform.i18n import numbers, times
from fairplatform.i18n.text import (
    FIRST_STRONG_ISOLATE,
    HTML_LANG,
    POP_DIRECTIONAL_ISOLATE,
    Text,
    Translated,
    current_language,
    direction,
    guess_language,
    isolated,
)

register = template.Library()


class Priced(Protocol):
    """What a product must have to show its price: `prices` are the lowest and the highest, None on request."""

    currency: str

    @property
    def prices(self) -> tuple[Decimal, Decimal] | None: ...
    @property
    def per(self) -> Promise | str: ...


def _shown(value: Any) -> Text:
    """The text of a translated field, or of a bare `{language: text}`, in the reader's language."""
    language = current_language()
    if isinstance(value, Text):
        return value
    if isinstance(value, dict):
        return Translated(value).in_language(language)
    return Text("" if value is None else str(value), language, False)


@register.simple_tag(name="text")
def text_tag(value: Any, css_class: str = "") -> SafeString:
    """Text of a user in `<bdi>`; a fallback language is marked with `lang` and a title."""
    shown = _shown(value)
    css = format_html(' class="{}"', css_class) if css_class else ""
    if not shown.fallback:
        return format_html('<bdi{} dir="{}">{}</bdi>', css, shown.dir, shown.text)
    return format_html(
        '<bdi{} lang="{}" dir="{}" title="{}">{}</bdi>',
        css,
        shown.html_lang,
        shown.dir,
        _("not yet translated"),
        shown.text,
    )


@register.filter
def lang(words: str | None) -> SafeString:
    """`<span dir="auto"{{ words|lang }}>`: tells screen readers in which language somebody wrote this."""
    code = guess_language(words or "")
    return format_html(' lang="{}"', HTML_LANG[code]) if code else SafeString("")


@register.filter
def html_lang(code: str) -> str:
    """A language's name for HTML: `zh-Hans`."""
    return HTML_LANG[code]


@register.filter
def plain(value: Any) -> str:
    """The text alone, without HTML: for titles and attributes."""
    return isolated(_shown(value).text)


@register.filter
def direction_of(value: Any) -> str:
    """The direction of a text that is shown: for what takes no HTML inside, such as a drawing."""
    return _shown(value).dir


@register.filter
def bdi(sentence: str) -> SafeString:
    """A sentence of ours filled with `isolated` names, each of which becomes a `<bdi>`."""
    escaped = conditional_escape(sentence)
    return SafeString(escaped.replace(FIRST_STRONG_ISOLATE, "<bdi>").replace(POP_DIRECTIONAL_ISOLATE, "</bdi>"))


@register.filter
def typed(words: str) -> SafeString:
    """What somebody has typed, for a sentence of ours: text of people, whatever its script."""
    return format_html("<bdi>{}</bdi>", words)


@register.filter
def other_scripts(value: dict[str, str]) -> list[Text]:
    """The name in the scripts the reader did not choose, each once."""
    language = current_language()
    seen = {_shown(value).text}
    found = []
    for code in ("zh-hans", "en", "ur"):
        words = value.get(code, "")
        if code != language and words and words not in seen:
            seen.add(words)
            found.append(Text(words, code, False))
    return found


def places(context: Context) -> tuple[times.Place, ...]:
    """The places whose clocks this reader reads, their own first: `places` of the page (pages.context)."""
    return tuple(context.get("places") or (times.NOWHERE,))


def local_times(context: Context, at: datetime, under: date | None = None) -> tuple[times.LocalTime, ...]:
    return times.local_times(at, places(context), current_language(), under)


@register.simple_tag(name="times", takes_context=True)
def times_tag(context: Context, at: datetime, under: date | None = None) -> SafeString:
    """An instant on the clocks of both countries, the reader's own first; `under`: a date that is written above it."""
    return render_to_string("components/two_times.html", {"times": local_times(context, at, under)})


@register.simple_tag(takes_context=True)
def clocks(context: Context, at: datetime, under: date | None = None) -> tuple[SafeString, ...]:
    """Hours and minutes on the clocks of both countries, the reader's own first; the title names the zones.

    With the dates where they differ, from each other or from the one that the time is written `under`.
    """
    return _clocks([(one, _with_day(one)) for one in local_times(context, at, under)])


def _clocks(every: Sequence[tuple[times.LocalTime, str]]) -> tuple[SafeString, ...]:
    name = " · ".join(f"{one.zone_name} {_with_day(one)}" for one, _words in every)
    return tuple(format_html('<time datetime="{}" title="{}">{}</time>', one.iso, name, words) for one, words in every)


def _with_day(one: times.LocalTime) -> str:
    return f"{one.day} {one.clock}".strip()


@register.simple_tag(takes_context=True)
def stamp(context: Context, at: datetime) -> SafeString:
    """A short timestamp beside its date: the reader's own time, the other country's in brackets."""
    own, *others = _clocks([(one, one.clock) for one in local_times(context, at)])
    if not others:
        return format_html('<span class="stamp">{}</span>', own)
    return format_html('<span class="stamp">{} ({})</span>', own, SafeString(" · ".join(others)))


@register.simple_tag(takes_context=True)
def day(context: Context, on: date | datetime) -> SafeString:
    """A date with its weekday; an instant's date is that of the reader's own country."""
    on = _local_date(context, on)
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), times.format_day(on, current_language()))


@register.simple_tag(takes_context=True)
def plain_time(context: Context, at: datetime) -> str:
    """A date with its weekday and the reader's own clock, the other country's in brackets; without HTML: for titles."""
    own, *others = local_times(context, at)
    brackets = f" ({' · '.join(map(_with_day, others))})" if others else ""
    return f"{plain_day(context, at)} {own.clock}{brackets}"


@register.simple_tag(takes_context=True)
def plain_day(context: Context, on: date | datetime) -> str:
    """As `day`, without HTML: for titles."""
    return times.format_day(_local_date(context, on), current_language())


def _local_date(context: Context, on: date | datetime) -> date:
    return places(context)[0].date(on) if isinstance(on, datetime) else on


@register.simple_tag
def money(minor: int | None, currency: str, highest: int | None = None) -> SafeString | str:
    """The exact grouped figure, or the two of a band up to `highest`: where it is entered, compared or signed."""
    if minor is None:
        return ""
    figure = numbers.format_range(minor, highest, currency)
    return format_html('<bdi class="amount" dir="ltr">{}</bdi>', figure)


@register.simple_tag
def money_words(minor: int | None, currency: str, highest: int | None = None) -> SafeString | str:
    """A large amount, or a band, with the scale words of the reader's language: on tiles and in summaries."""
    if minor is None:
        return ""
    language = current_language()
    ends = [minor] if highest is None else [minor, highest]
    words = " – ".join(numbers.format_money_words(end, currency, language) for end in ends)
    return format_html('<bdi class="amount" dir="{}">{}</bdi>', direction(language), words)


@register.simple_tag
def price(product: Priced) -> SafeString:
    """The price range per unit, or "price on request"."""
    if product.prices is None:
        return format_html("<span>{}</span>", _("price on request"))
    low, high = (numbers.format_price(value, product.currency) for value in product.prices)
    span = low if low == high else f"{low}–{high.partition(chr(0xA0))[2]}"
    return format_html('<bdi class="amount" dir="ltr">{}</bdi> <span>{}</span>', span, product.per)


@register.filter
def hs(code: str) -> str:
    """An HS code as customs papers print it: 8203.20, and 8203.2000 or 8203.2000.10 for national lines."""
    parts = (code[:4], code[4:8], code[8:])
    return ".".join(part for part in parts if part)
