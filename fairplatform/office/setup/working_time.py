"""When a fair is held: its working hours and holidays by country and city."""

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.locations import country_name, location_name
from fairplatform.fairs.models import Fair, Holiday, WorkingHours
from fairplatform.i18n.text import joined

from .places import weekday_name
from .row_forms import HolidayForm, HoursForm
from .rows import RowKind, Words


class Hours(RowKind):
    name, model, form = "hours", WorkingHours, HoursForm
    words = Words(
        _("Working hours"),
        _("Add working hours"),
        _("No working hours yet"),
        _("Until you add your own, the usual hours of each country are used."),
    )

    def new(self, fair: Fair) -> Model:
        return WorkingHours(fair=fair, country=fair.host_country, weekdays=[1, 2, 3, 4, 5])

    def label(self, row: WorkingHours) -> str:
        return joined([*place(row), weekdays(row.weekdays)])


class Holidays(RowKind):
    name, model, form = "holidays", Holiday, HolidayForm
    words = Words(
        _("Holidays"),
        _("Add a holiday"),
        _("No holidays yet"),
        _("Add public holidays on the days of the fair, and Sundays that are worked."),
    )

    def new(self, fair: Fair) -> Model:
        holiday = Holiday(fair=fair, country=fair.host_country)
        if first := fair.days.order_by("date").first():
            holiday.date = first.date
        return holiday

    def label(self, row: Holiday) -> str:
        return str(row.name)


def place(row: WorkingHours | Holiday) -> list[str]:
    """The country of a row, and the city where it is for one."""
    return [country_name(row.country), *([location_name(row.city)] if row.city else [])]


def weekdays(numbers: list[int]) -> str:
    """Days of the week in short, runs joined: Mon–Thu, Sat."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return " ".join(
        "–".join(dict.fromkeys(weekday_name(day, "abbreviated") for day in (run[0], run[-1]))) for run in runs
    )
