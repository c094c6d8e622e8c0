from django import template
from django.http import HttpRequest
from django.urls import reverse

from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.forms import LANGUAGE_LABELS

from ..navigation import MENU

register = template.Library()


@register.inclusion_tag("office/menu.html")
def office_menu(fair: Fair, request: HttpRequest) -> dict[str, object]:
    """The menu beside every page of the office; the longest route that the page's address begins with is current."""
    entries = [(reverse(entry.route, args=[fair.slug]), entry.label) for entry in MENU]
    within = [url for url, _label in entries if request.path.startswith(url)]
    current = max(within, key=len, default="")
    return {"entries": [{"url": url, "label": label, "current": url == current} for url, label in entries]}


@register.filter
def language_label(code: str) -> str:
    """A language's name in the reader's language."""
    return str(LANGUAGE_LABELS.get(code, code))


@register.filter
def state_label(state: str) -> str:
    """The name of a participation's state in the reader's language."""
    return str(Participation.State(state).label)
