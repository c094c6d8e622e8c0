"""What a fair has, and what is missing before it can open: one line for each thing, with the page that mends it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from babel.lists import format_list
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairplatform.accounts.locations import country_name
from fairplatform.accounts.models import PersonalLink, User
from fairplatform.fairs.models import Fair, Hall, Participation
from fairplatform.fairs.usual_hours import usual_hours
from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.i18n.text import current_language, isolated, joined
from fairplatform.i18n.times import BABEL_LOCALE, Place, format_day
from fairplatform.policy import Role

from ..companies import queries as company_list
from ..people.queries import has_no_way_in
from ..places import pair_name
from .common_hours import common_hours
from .languages import pairs_without_interpreter
from .participants import brought, units
from .working_time import in_words, with_usual_hours, without_holidays

COMPANIES, PEOPLE = "office:companies", "office:people"


@dataclass(frozen=True)
class Check:
    """A line. `is_needed`: the fair cannot open before it is done; other lines only warn."""

    is_done: bool
    sentence: str
    url: str
    is_needed: bool = False


def checklist(fair: Fair) -> list[Check]:
    """The lines: first what is needed and not done, then what is only missing, then what is done."""
    parts = (
        _names,
        _countries,
        _days,
        _calendars,
        _bodies,
        _halls,
        _companies,
        _people,
        _units,
        _interpreters,
        _organisers,
    )
    lines = [check for part in parts for check in part(fair)]
    return sorted(lines, key=lambda check: (check.is_done, not check.is_needed))


def missing_to_open(fair: Fair) -> list[Check]:
    return [check for check in checklist(fair) if check.is_needed and not check.is_done]


def _url(fair: Fair, route: str, *arguments: int) -> str:
    return reverse(route, args=[fair.slug, *arguments])


def _names(fair: Fair) -> Iterator[Check]:
    missing = [str(LANGUAGE_LABELS[code]) for code in fair.name.missing()]
    url = _url(fair, "office:fair")
    if len(missing) == len(LANGUAGE_LABELS):
        yield Check(False, _("The fair has no name."), url, is_needed=True)
    elif missing:
        names = format_list(missing, locale=BABEL_LOCALE[current_language()])
        yield Check(False, _("The name of the fair is missing in %(languages)s.") % {"languages": names}, url)
    else:
        yield Check(True, _("The fair has a name in all three languages."), url)


def _countries(fair: Fair) -> Iterator[Check]:
    url = _url(fair, "office:fair")
    if fair.has_countries:
        names = joined(country_name(code) for code in fair.countries)
        yield Check(True, _("Countries of the fair: %(countries)s") % {"countries": names}, url, is_needed=True)
    else:
        yield Check(False, _("The two countries of the fair have not been chosen."), url, is_needed=True)


def _calendars(fair: Fair) -> Iterator[Check]:
    """The usual hours and weekend of a country, and that it has no holidays, are taken until somebody says so."""
    url, usual = _url(fair, "office:hours"), with_usual_hours(fair)
    for country in usual:
        names = {"country": country_name(country), "hours": in_words(usual_hours(fair, country))}
        sentence = _("%(country)s: the usual working hours have not been confirmed (%(hours)s)")
        yield Check(False, sentence % names, url)
    if fair.has_countries and not usual:
        yield Check(True, _("The working hours of each country have been entered."), url)
    url, unchecked = _url(fair, "office:holidays"), without_holidays(fair)
    for country in unchecked:
        sentence = _("%(country)s: no holiday has been entered, and nobody has confirmed that there is none.")
        yield Check(False, sentence % {"country": country_name(country)}, url)
    if fair.has_countries and not unchecked:
        yield Check(True, _("Holidays have been entered, or there are none on the days of the fair."), url)


def _days(fair: Fair) -> Iterator[Check]:
    slots = fair.slots.count()
    if not fair.days.exists():
        yield Check(False, _("The fair has no days."), _url(fair, "office:days_add"), is_needed=True)
        return
    if not slots:
        yield Check(False, _("No meeting fits into the days of the fair."), _url(fair, "office:days"), is_needed=True)
        return
    sentence = ngettext("%(number)s slot for meetings", "%(number)s slots for meetings", slots)
    yield Check(True, sentence % {"number": slots}, _url(fair, "office:days"), is_needed=True)
    if not fair.has_countries:
        return
    url, days = _url(fair, "office:common_hours"), common_hours(fair)
    for day in days:
        on = format_day(day.day.date, current_language())
        if not day.common:
            yield Check(False, _("%(day)s has no common hour.") % {"day": on}, url)
        elif not day.fitting:
            yield Check(False, _("%(day)s has no slot within the common hours.") % {"day": on}, url)
    if all(day.fitting for day in days):
        yield Check(True, _("Every day has slots within the common hours."), url)


def _bodies(fair: Fair) -> Iterator[Check]:
    hosts = fair.bodies.filter(part="host").exists()
    sentence = _("The fair has a host.") if hosts else _("No host is named.")
    yield Check(hosts, sentence, _url(fair, "office:bodies"))


def _halls(fair: Fair) -> Iterator[Check]:
    halls = list(fair.halls.order_by("number"))
    exhibitors = _approved(fair).filter(sells=True)
    used = set(exhibitors.values_list("hall", flat=True))
    if not halls:
        yield Check(False, _("The fair has no halls."), _url(fair, "office:halls_add"))
        return
    for hall in halls:
        if hall.pk not in used:
            yield Check(False, _empty(hall), _url(fair, "office:halls_change", hall.pk))
    if used.issuperset(hall.pk for hall in halls):
        yield Check(True, _("Every hall has exhibitors."), _url(fair, "office:halls"))
    homeless, url = _without(fair, "hall")
    if homeless:
        sentence = ngettext("%(number)s exhibitor has no hall.", "%(number)s exhibitors have no hall.", homeless)
        yield Check(False, sentence % {"number": homeless}, url)


def _empty(hall: Hall) -> str:
    names = {"number": hall.number, "name": isolated(hall.name)}
    return _("Hall %(number)s (%(name)s) has no exhibitor.") % names


def _companies(fair: Fair) -> Iterator[Check]:
    yield _approved_in(fair, "sells", _sellers, _("No exhibitor is approved yet."))
    yield _approved_in(fair, "buys", _buyers, _("No buyer is approved yet."))


def _approved_in(fair: Fair, role: str, sentence: Callable[[int], str], none: str) -> Check:
    """Whether a company is approved in this role; if not, those that wait for it, or the whole list if none does."""
    number, url = _approved(fair).filter(**{role: True}).count(), _url(fair, COMPANIES)
    waiting = {"part": role, "state": Participation.State.SUBMITTED.value}
    if not number and company_list.narrow(company_list.companies(fair), waiting).exists():
        url += f"?{urlencode(waiting)}"
    return Check(bool(number), sentence(number) if number else none, url, is_needed=True)


def _sellers(number: int) -> str:
    sentence = ngettext("%(number)s approved exhibitor", "%(number)s approved exhibitors", number)
    return sentence % {"number": number}


def _buyers(number: int) -> str:
    sentence = ngettext("%(number)s approved buyer", "%(number)s approved buyers", number)
    return sentence % {"number": number}


def _people(fair: Fair) -> Iterator[Check]:
    """Companies for whom nobody can act, and people who cannot sign in."""
    number, url = _without(fair, "people")
    if number:
        sentence = ngettext("%(number)s company has no people.", "%(number)s companies have no people.", number)
        yield Check(False, sentence % {"number": number}, url)
    accepted = fair.registrations.filter(accepted_at__isnull=False).values("user")
    outside = User.objects.filter(has_no_way_in(), pk__in=accepted).count()
    if outside:
        sentence = ngettext(
            "%(number)s person has neither a working personal link nor an email address.",
            "%(number)s people have neither a working personal link nor an email address.",
            outside,
        )
        yield Check(False, sentence % {"number": outside}, _url(fair, PEOPLE) + "?access=none")


def _without(fair: Fair, what: str) -> tuple[int, str]:
    """How many approved companies are without it, and the list of them."""
    filters = {"without": what, "state": Participation.State.APPROVED.value}
    rows = company_list.narrow(company_list.companies(fair), filters)
    return rows.count(), f"{_url(fair, COMPANIES)}?{urlencode(filters)}"


def _units(fair: Fair) -> Iterator[Check]:
    rows, now = list(units(fair)), timezone.now()
    behind = [unit for unit in rows if unit.brought < (unit.quota or 1)]
    for unit in behind:
        url = _url(fair, "office:units_change", unit.pk)
        there = Place(unit.country, fair.zone_of(unit.country))
        yield Check(False, _progress(unit, there.date(now)), url)
    if rows and not behind:
        yield Check(True, _("Every recruiting unit has brought its companies."), _url(fair, "office:units"))


def _progress(unit: Any, today: date) -> str:
    names = {
        "unit": isolated(unit.name),
        "companies": brought(unit) if unit.quota else _("no companies yet"),
        "day": format_day(unit.reply_by, current_language()) if unit.reply_by else "",
    }
    if unit.reply_by and unit.reply_by < today:
        return _("%(unit)s: %(companies)s, reply was due on %(day)s") % names
    return _("%(unit)s: %(companies)s") % names


def _interpreters(fair: Fair) -> Iterator[Check]:
    missing, is_needed = pairs_without_interpreter(fair)
    people = f"{_url(fair, PEOPLE)}?role={Role.INTERPRETER.value}"
    unknown, url = _without(fair, "languages")
    if unknown:
        sentence = ngettext(
            "%(number)s company: nobody says which languages they speak, so it is not known whether interpreters are"
            " needed",
            "%(number)s companies: nobody says which languages they speak, so it is not known whether interpreters are"
            " needed",
            unknown,
        )
        yield Check(False, sentence % {"number": unknown}, url)
    for pair in missing:
        names = {"languages": pair_name(pair)}
        yield Check(False, _("No interpreter for %(languages)s.") % names, people)
    if is_needed and not missing and not unknown:
        yield Check(True, _("There is an interpreter for every pair of languages."), people)


def _organisers(fair: Fair) -> Iterator[Check]:
    """Whether one of them can sign in again: by e-mail, or by a personal link that still works."""
    works = Q(user__links__expires_at__gt=timezone.now(), user__links__tries__lt=PersonalLink.TRIES)
    by_mail = Q(user__email__isnull=False)
    can = fair.roles.filter(works | by_mail, role="organiser", user__is_active=True).exists()
    done, lacking = _("An organiser can sign in."), _("No organiser has a working personal link or an email address.")
    yield Check(can, done if can else lacking, _url(fair, "office:links"))


def _approved(fair: Fair) -> QuerySet[Participation]:
    return fair.participations.filter(state=Participation.State.APPROVED)
