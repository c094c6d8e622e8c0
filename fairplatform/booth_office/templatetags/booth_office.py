from datetime import datetime

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from booths.own_booth import own_booths
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.i18n.languages import language_names
from fairplatform.i18n.templatetags.language import local_times
from fairplatform.i18n.text import joined

from ..navigation import TABS

register = template.Library()


@register.inclusion_tag("booth_office/tabs.html")
def booth_office_tabs(fair: Fair, request: FairRequest) -> dict[str, object]:
    """The tabs above every page of the booth office; the longest route the page's address begins with is current.

    Above them, for a person of several exhibitors: whose booth this is, and whose it is not.
    """
    tabs = [entry for entry in TABS if entry.in_draft or fair.state != Fair.State.DRAFT]
    entries = [(reverse(entry.route, args=[fair.slug]), entry.label) for entry in tabs]
    within = [url for url, _label in entries if request.path.startswith(url)]
    current = max(within, key=len, default="")
    companies = [booth.participation.company for booth in own_booths(request.actor.person, fair)]
    return {
        "entries": [{"url": url, "label": label, "current": url == current} for url, label in entries],
        "company": companies[0].name if len(companies) > 1 else "",
        "others": joined(company.name for company in companies[1:]),
    }


@register.simple_tag(takes_context=True)
def time_span(context: Context, starts: datetime, ends: datetime) -> SafeString:
    """From one instant to another on the reader's own clock, the other country's in brackets; the title names both."""
    pairs = list(zip(local_times(context, starts), local_times(context, ends), strict=False))
    name = " · ".join(f"{start.zone_name} {start.clock}–{end.clock}" for start, end in pairs)
    own, *others = (f"{start.clock}–{end.clock}" for start, end in pairs)
    brackets = f" ({' · '.join(others)})" if others else ""
    return format_html('<span class="stamp" title="{}">{}</span>', name, own + brackets)


@register.filter
def languages(codes: list[str]) -> list[str]:
    """The names of languages in the reader's language."""
    return language_names(codes)
