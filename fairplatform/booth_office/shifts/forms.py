"""The forms to enter a shift, and to copy those of a day to others."""

from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.models import Booth
from fairplatform.accounts.models import Staff
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import format_day, zone_name
from fairplatform.i18n.zones import Interval

from .days import NoSuchTime, OpenDay, open_days, zone_of

_TIME = {"type": "time"}


class StaffChoice(forms.ModelChoiceField[Staff]):
    """One of the company's people, each with the clock that their times are on."""

    booth: Booth

    def label_from_instance(self, obj: Staff) -> str:
        return f"{obj.user.public_name} · {zone_name(zone_of(self.booth.fair, obj.user))}"


class _DaysForm(forms.Form):
    use_required_attribute = False

    def __init__(self, data: Any = None, *, booth: Booth, days: list[OpenDay] | None = None) -> None:
        super().__init__(data)
        self.booth = booth
        self.days = {str(day.key): day for day in (open_days(booth.fair) if days is None else days)}

    def day_choices(self) -> list[tuple[str, str]]:
        language = current_language()
        return [(key, format_day(day.date, language)) for key, day in self.days.items()]


class ShiftForm(_DaysForm):
    """A shift, by the day of the fair and the times on the clock of its person."""

    prefix = "shift"
    staff = StaffChoice(
        Staff.objects.none(),
        label=gettext_lazy("Person"),
        empty_label=gettext_lazy("Not chosen"),
        help_text=gettext_lazy("Times are in this person's time zone."),
    )
    day = forms.ChoiceField(label=gettext_lazy("Day of the fair"))
    starts = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(_TIME, format="%H:%M"))
    ends = forms.TimeField(label=gettext_lazy("Until"), widget=forms.TimeInput(_TIME, format="%H:%M"))

    def __init__(self, data: Any = None, *, booth: Booth, days: list[OpenDay] | None = None) -> None:
        super().__init__(data, booth=booth, days=days)
        staff = self.fields["staff"]
        assert isinstance(staff, StaffChoice)
        staff.booth = booth
        rows = Staff.objects.filter(company=booth.participation.company_id, user__is_active=True)
        staff.queryset = rows.select_related("user").order_by("-is_manager", "pk")
        self.fields["day"].choices = self.day_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["times"] = self._times(cleaned)
        return cleaned

    def _times(self, cleaned: dict[str, Any]) -> Interval | None:
        day, user = self.days[cleaned["day"]], cleaned["staff"].user
        zone = zone_of(self.booth.fair, user)
        try:
            times = day.times(cleaned["starts"], cleaned["ends"], ZoneInfo(zone))
        except NoSuchTime:
            self.add_error("starts", _("Clocks go forward that night, so this time does not exist. Choose another."))
            return None
        if times is None:
            said = _("This is not within the day of the fair, which is from %(from)s to %(to)s (%(zone)s).")
            begins, ends = (at.astimezone(ZoneInfo(zone)) for at in day.hours or day.whole)
            clocks = {"from": f"{begins:%H:%M}", "to": f"{ends:%H:%M}", "zone": zone_name(zone)}
            self.add_error("ends", said % clocks)
        return times


class CopyForm(_DaysForm):
    """The shifts of one day, on others."""

    prefix = "copy"
    of = forms.ChoiceField(label=gettext_lazy("Copy the shifts of"))
    to = forms.MultipleChoiceField(
        label=gettext_lazy("To these days"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one day.")},
    )

    def __init__(self, data: Any = None, *, booth: Booth, days: list[OpenDay] | None = None) -> None:
        super().__init__(data, booth=booth, days=days)
        for name in ("of", "to"):
            self.fields[name].choices = self.day_choices()  # type: ignore[attr-defined]

    @property
    def source(self) -> OpenDay:
        return self.days[self.cleaned_data["of"]]

    @property
    def targets(self) -> list[OpenDay]:
        return [self.days[key] for key in self.cleaned_data["to"] if key != self.cleaned_data["of"]]


def clock_times(times: Interval, zone: ZoneInfo) -> tuple[time, time]:
    """What the clock of a zone shows at both."""
    starts, ends = (at.astimezone(zone).time() for at in times)
    return starts, ends
