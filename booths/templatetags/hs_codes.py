"""Template tags for HS codes: `{% load hs_codes %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from booths import hs_codes
from fairplatform.i18n.templatetags.language import text_tag
from fairplatform.i18n.text import current_language

register = template.Library()


@register.simple_tag
def hs_title(code: str) -> SafeString:
    """The title of a code; if it is in English only, after that of the heading, which is in the reader's language."""
    own = hs_codes.title(code)
    if not own.in_language(current_language()).fallback:
        return text_tag(own)
    return format_html("{} · {}", text_tag(hs_codes.title(code[:4])), text_tag(own))


@register.simple_tag
def hs_short_title(code: str) -> SafeString:
    """The title of a chapter or heading as lists have it."""
    return text_tag(hs_codes.short_title(code))
