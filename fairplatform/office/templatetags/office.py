from datetime import time
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from fairplatform.accounts.locations import country_name
from fairplatform.accounts.models import User
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair, FairDay, Holiday, Participation, RecruitingUnit, WorkingHours
from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.i18n.templatetags.language import bdi
from fairplatform.i18n.text import Translated, current_language, isolated, joined
from fairplatform.i18n.times import format_time, zone_name
from fairplatform.pages.templatetags.components import Forms, all_of
from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.reports import state_in_words
from meetings.models import PlannedMeeting
from meetings.versions import reasons
from meetings.versions.differences import Differences

from ..navigation import Links, menu_of
from ..places import pair_name
from ..scheduling.board import Card
from ..setup import participants, working_time
from ..setup.hours_picture import Picture
from ..setup.rows import RowKind

register = template.Library()


@register.inclusion_tag("office/menu.html")
def office_menu(fair: Fair, request: FairRequest) -> dict[str, object]:
    """The menu beside every page of the office; the longest route that the page's address begins with is current."""
    groups = menu_of(request.actor.person, fair)
    within = [url for _group, entries in groups for url, _label in entries if request.path.startswith(url)]
    return {"groups": groups, "current": max(within, key=len, default="")}


@register.filter
def has_entry(entries: Links, url: str) -> bool:
    """Whether one of these entries of the menu leads there."""
    return any(url == own for own, _label in entries)


@register.simple_block_tag(takes_context=True, end_name="endkeptform")
def keptform(context: Context, content: SafeString, *forms: Forms) -> SafeString:
    """A form of the page that keeps what is typed until it has been saved. One that has come back says so.

    `forms`: those that are sent together by it.
    """
    shown = list(all_of(forms))
    with context.push(content=content, forms=shown, refused=any(form.is_bound for form in shown)):
        return context.template.engine.get_template("office/kept.html").render(context)  # type: ignore[union-attr]


@register.filter
def language_label(code: str) -> str:
    """A language's name in the reader's language."""
    return str(LANGUAGE_LABELS.get(code, code))


@register.filter
def pair_label(pair: str) -> str:
    """The two languages of `zh-ur` in the reader's language."""
    return pair_name(pair.split("-"))


@register.filter
def state_label(state: str) -> str:
    """The name of a participation's state in the reader's language."""
    return str(Participation.State(state).label)


@register.filter
def concerned(differences: Differences, row: PlannedMeeting) -> list[User]:
    """The people whom a change of a planned meeting concerns."""
    return differences.concerned(row)


@register.simple_tag
def row_label(kind: RowKind[Any], row: Any) -> SafeString:
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
def in_words(zone: str) -> str:
    """A time zone as people call it."""
    return zone_name(zone)


@register.simple_tag
def hours(begins: time | str, ends: time | str) -> str:
    """From when till when by a clock, as times are written in the reader's language."""
    times = [time.fromisoformat(at) if isinstance(at, str) else at for at in (begins, ends)]
    return "–".join(format_time(at, current_language()) for at in times)


@register.filter
def country(code: str) -> str:
    return country_name(code)


@register.filter
def place(row: WorkingHours | Holiday) -> SafeString:
    """The country of a row, and the city where it is for one."""
    return bdi(joined(working_time.place(row)))


@register.filter
def partner_of(card: Card, company: int) -> Translated:
    """The name of the other company of a meeting on the board."""
    name: Translated = card.partner_of(company).company.name
    return name


@register.filter
def why_not_placed(row: PlannedMeeting) -> str:
    return reasons.why_not_placed(row)


@register.filter
def import_state(shown: WorkbookImport) -> str:
    return state_in_words(shown)
