"""When a fair is held: its days, and working hours and holidays by country and city."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import router
from django.db.models import Count, ProtectedError, QuerySet
from django.db.models.deletion import Collector
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.locations import city_name, country_name
from fairplatform.fairs.models import Fair, FairDay, Holiday, WorkingHours
from fairplatform.fairs.slots import replace_slots
from fairplatform.fairs.usual_hours import countries_with_usual_hours, usual_hours
from fairplatform.i18n.text import current_language, isolated, joined
from fairplatform.i18n.times import format_day

from ..places import weekday_name
from .forms import SetupForm
from .row_forms import DayForm, HolidayForm, HoursForm
from .rows import RowKind, Words

SEPARATORS = {"en": ", ", "zh-hans": "、", "ur": "، "}  # between days of the week
SEMICOLONS = {"en": "; ", "zh-hans": "；", "ur": "؛ "}


class Days(RowKind[FairDay]):
    """The fair's days. Whatever is changed about one, the slots of all of them are made again."""

    name, model, form = "days", FairDay, DayForm
    words = Words(
        _("Days and slots"),
        _("Add a day"),
        _("No days yet"),
        _("Add the days of the fair with the time of the first and the last meeting. The slots are made from them."),
    )

    def rows(self, fair: Fair) -> QuerySet[FairDay]:
        return fair.days.annotate(number_of_slots=Count("slots")).order_by("number")

    def new(self, fair: Fair) -> FairDay:
        last = fair.days.order_by("number").last()
        if last is None:
            return FairDay(fair=fair, number=1)
        times = {name: getattr(last, name) for name in ("starts", "ends", "zone", "reserve_slots")}
        return FairDay(fair=fair, number=last.number + 1, date=last.date + timedelta(days=1), **times)

    def label(self, row: FairDay) -> str:
        return format_day(row.date, current_language())

    def save(self, form: SetupForm[FairDay]) -> None:
        form.save()
        replace_slots(form.fair)

    def remove(self, row: FairDay) -> None:
        row.delete()
        replace_slots(row.fair)

    def why_kept(self, row: FairDay) -> str:
        deletion = Collector(using=router.db_for_write(FairDay))
        try:
            deletion.collect([row])
        except ProtectedError as protected:
            number = len(protected.protected_objects)
            return ngettext(
                "%(number)s meeting or meeting request is on this day. Move it to another day first.",
                "%(number)s meetings or meeting requests are on this day. Move them to another day first.",
                number,
            ) % {"number": number}
        return ""


class Hours(RowKind[WorkingHours]):
    name, model, form = "hours", WorkingHours, HoursForm
    words = Words(
        _("Working hours"),
        _("Add working hours"),
        _("No working hours yet"),
        _("Until you add your own, the usual hours of each country are used."),
    )

    def context(self, fair: Fair) -> dict[str, Any]:
        return {"usual": [(country, in_words(usual_hours(fair, country))) for country in with_usual_hours(fair)]}

    def new(self, fair: Fair) -> WorkingHours:
        return WorkingHours(fair=fair, country=fair.host_country, weekdays=[1, 2, 3, 4, 5])

    def label(self, row: WorkingHours) -> str:
        return joined([*place(row), weekdays(row.weekdays)])


class Holidays(RowKind[Holiday]):
    name, model, form = "holidays", Holiday, HolidayForm
    words = Words(
        _("Holidays"),
        _("Add a holiday"),
        _("No holidays yet"),
        _("Add public holidays on the days of the fair, and Sundays that are worked."),
    )

    def context(self, fair: Fair) -> dict[str, Any]:
        return {"unchecked": without_holidays(fair)}

    def new(self, fair: Fair) -> Holiday:
        holiday = Holiday(fair=fair, country=fair.host_country)
        if first := fair.days.order_by("date").first():
            holiday.date = first.date
        return holiday

    def label(self, row: Holiday) -> str:
        return str(row.name) or format_day(row.date, current_language())


def usual_rows(fair: Fair) -> list[WorkingHours]:
    """The usual hours of the countries that have them, as rows that are not stored yet."""
    return [row for country in with_usual_hours(fair) for row in usual_hours(fair, country)]


def with_usual_hours(fair: Fair) -> list[str]:
    return countries_with_usual_hours(fair.working_hours.all(), fair.countries)


def without_holidays(fair: Fair) -> list[str]:
    """The fair's countries of which nobody has entered a holiday, or said that none is on the days of the fair."""
    entered, dates = set(fair.holidays.values_list("country", flat=True)), set(dates_of(fair))
    checked = fair.holidays_checked
    return [one for one in fair.countries if one not in entered and not dates <= set(checked.get(one, ()))]


def dates_of(fair: Fair) -> list[str]:
    """ISO 8601: those of its days."""
    return [on.isoformat() for on in fair.days.order_by("date").values_list("date", flat=True)]


def in_words(hours: Iterable[WorkingHours]) -> str:
    """Weekdays with their hours, and those without: `Mon–Thu 08:30–17:30; Fri 08:30–12:00; not worked: Sat–Sun`."""
    rows = list(hours)
    parts = [f"{weekdays(row.weekdays)} {isolated(f'{row.opens:%H:%M}–{row.closes:%H:%M}')}" for row in rows]
    off = set(range(1, 8)).difference(*(row.weekdays for row in rows))
    if off:
        parts.append(gettext("not worked: %(days)s") % {"days": weekdays(sorted(off))})
    return SEMICOLONS[current_language()].join(parts)


def place(row: WorkingHours | Holiday) -> list[str]:
    """The country of a row, and the city where it is for one."""
    return [country_name(row.country), *([city_name(row.city)] if row.city else [])]


def weekdays(numbers: list[int]) -> str:
    """Days of the week in short, runs joined: Mon–Thu, Sat."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return SEPARATORS[current_language()].join(
        "–".join(dict.fromkeys(weekday_name(day, "abbreviated") for day in (run[0], run[-1]))) for run in runs
    )
