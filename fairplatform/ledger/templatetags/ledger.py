from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fairplatform.i18n.templatetags.language import text_tag
from fairplatform.ledger.models import Entry, EntryName
from fairplatform.ledger.showing import quantity_in_words

register = template.Library()


@register.simple_tag
def parties(entry: Entry) -> SafeString | str:
    """The names of an entry's parties in the reader's language; its title, for it has no other."""
    names = [one.name for one in entry.names.all() if one.part == EntryName.Part.PARTY]
    if not names:
        return _("Parties not named")
    return format_html_join(" · ", "{}", ((text_tag(name),) for name in names))


@register.filter
def quantity(entry: Entry) -> str:
    return quantity_in_words(entry)
