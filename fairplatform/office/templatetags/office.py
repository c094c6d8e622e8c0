from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from fairplatform.accounts.locations import country_name
from fairplatform.fairs.models import Fair, FairDay, Holiday, Participation, RecruitingUnit, WorkingHours
from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.i18n.templatetags.language import bdi
from fairplatform.i18n.text import Translated, isolated, joined
from fairplatform.i18n.times import zone_name

from ..navigation import MENU
from ..setup import participants, working_time
from ..setup.hours_picture import Picture
from ..setup.rows import RowKind

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


@register.simple_tag
def row_label(kind: RowKind, row: Any) -> SafeString:
    """What a row is called in the reader's language."""
    return bdi(isolated(kind.label(row)))


@register.filter
def missing(text: Translated) -> list[str]:
    """The languages that a text is not translated into."""
    return [str(LANGUAGE_LABELS[code]) for code in text.missing()]


@register.filter
def brought(unit: RecruitingUnit) -> str:
    """How many companies a unit has brought, of those it is to bring."""
    return participants.brought(unit)


@register.filter
def slots_that_fit(picture: Picture) -> str:
    """How many slots of the day are within the common hours."""
    fit, every = len(picture.hours.fitting), len(picture.hours.slots)
    sentence = ngettext(
        "%(fit)s of %(number)s slot is within the common hours",
        "%(fit)s of %(number)s slots are within the common hours",
        every,
    )
    return sentence % {"fit": fit, "number": every}


@register.filter
def zone_of(day: FairDay, fair: Fair) -> str:
    """Whose clock the times of a day are by."""
    return zone_name(day.zone or fair.station_zone)


@register.filter
def country(code: str) -> str:
    return country_name(code)


@register.filter
def place(row: WorkingHours | Holiday) -> SafeString:
    """The country of a row, and the city where it is for one."""
    return bdi(joined(working_time.place(row)))
