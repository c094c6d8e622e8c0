from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fairplatform.i18n.templatetags.language import text_tag
from fairplatform.i18n.text import Translated, joined
from fairplatform.ledger.hidden import hidden_in_words
from fairplatform.ledger.models import Entry, EntryName
from fairplatform.ledger.showing import besides_parties, quantity_in_words

register = template.Library()


@register.simple_tag
def parties(entry: Entry) -> SafeString | str:
    """The names of an entry's parties in the reader's language; its title, for it has no other."""
    names = _names(entry)
    if not names:
        return _("Parties not named")
    return format_html_join(" · ", "{}", ((text_tag(name),) for name in names))


@register.simple_tag
def plain_parties(entry: Entry) -> str:
    """The same without HTML: for titles."""
    return joined(_names(entry)) or _("Parties not named")


def _names(entry: Entry) -> list[Translated]:
    return [one.name for one in entry.names.all() if one.part == EntryName.Part.PARTY]


@register.filter
def others(entry: Entry) -> list[tuple[str, list[EntryName]]]:
    """Whom it names besides its parties, by what they are to it."""
    return besides_parties(entry)


@register.filter
def quantity(entry: Entry) -> str:
    return quantity_in_words(entry)


@register.filter
def and_hidden(count: int) -> str:
    """What stands beside a sum: how many hidden amounts it is without."""
    return hidden_in_words(count)
