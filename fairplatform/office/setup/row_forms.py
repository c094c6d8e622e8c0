"""The forms of a fair's bodies, recruiting units, halls, days, working hours and holidays."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.fairs.models import Body, FairDay, Hall, Holiday, RecruitingUnit, WorkingHours

from .. import places
from ..fields import country_choices
from .fields import (
    CityField,
    LinesField,
    Named,
    WeekdaysField,
    date_input,
    number,
    pause_name,
    read_headings,
    read_pauses,
    show_headings,
    show_pauses,
    time_input,
    zone_field,
)
from .forms import M, SetupForm

KEY = RegexValidator(r"^[A-Za-z0-9-]+\Z", gettext_lazy("Use letters, digits and hyphens only."))


class BodyForm(SetupForm[Body]):
    needed = ("name",)

    class Meta:
        model = Body
        fields = ("part", "name")
        labels: ClassVar = {"part": gettext_lazy("Part in the fair"), "name": gettext_lazy("Name")}


class UnitForm(SetupForm[RecruitingUnit]):
    needed = ("name",)
    once = (("key",), gettext_lazy("Another recruiting unit of this fair has this key."))
    key = forms.CharField(
        label=gettext_lazy("Key"),
        help_text=gettext_lazy("A short name of your own in Latin letters. It links lists to this unit."),
        max_length=40, validators=[KEY], widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    quota = forms.IntegerField(
        label=gettext_lazy("Companies it is to bring"), required=False, min_value=0, max_value=9999, widget=number
    )

    class Meta:
        model = RecruitingUnit
        fields = ("name", "key", "country", "quota", "reply_by", "contact", "mobile")
        labels: ClassVar = {
            "name": gettext_lazy("Name"),
            "reply_by": gettext_lazy("Reply by"),
            "contact": gettext_lazy("Contact person"),
            "mobile": gettext_lazy("Mobile number"),
        }
        widgets: ClassVar = {
            "reply_by": date_input(),
            "contact": forms.TextInput(attrs={"dir": "auto"}),
            "mobile": forms.TextInput(attrs={"type": "tel", "dir": "ltr"}),
        }

    def prepare(self) -> None:
        super().prepare()
        self.choose("country", country_choices(self.fair))


class HallForm(SetupForm[Hall]):
    needed = ("name",)
    once = (("number",), gettext_lazy("This fair already has a hall with this number."))
    number = forms.IntegerField(label=gettext_lazy("Number"), min_value=1, max_value=999, widget=number)
    headings = LinesField(
        show=show_headings,
        read=read_headings,
        label=gettext_lazy("HS headings"),
        help_text=gettext_lazy("What is shown here, in four digits each, for example 8203, 8205."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "ltr"}),
    )

    class Meta:
        model = Hall
        fields = ("number", "name", "headings")
        labels: ClassVar = {"name": gettext_lazy("Name")}


class _Timed(SetupForm[M]):
    """A form with a time that has to be before another one, and a time zone."""

    from_to: ClassVar[tuple[str, str]]

    def prepare(self) -> None:
        super().prepare()
        if "country" in self.fields:
            self.choose("country", country_choices(self.fair))
        if "zone" in self.fields:
            fair = self.fair
            usual = _("As in the fair's settings")
            self.choose("zone", [("", usual), *places.zones(fair.station_country, fair.host_country)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = (cleaned.get(name) for name in self.from_to)
        if starts and ends and ends <= starts:
            self.add_error(self.from_to[1], _("The end has to be later than the start."))
        return cleaned


class DayForm(_Timed[FairDay]):
    from_to = ("starts", "ends")
    once = (("date",), gettext_lazy("This fair already has this day."))
    starts = forms.TimeField(label=gettext_lazy("First meeting starts"), widget=time_input())
    ends = forms.TimeField(label=gettext_lazy("Last meeting ends by"), widget=time_input())
    zone = zone_field(required=False)
    reserve_slots = forms.IntegerField(
        label=gettext_lazy("Slots kept in reserve"),
        help_text=gettext_lazy("The last slots of the day, kept free for meetings that have to be repeated."),
        min_value=0, max_value=99, widget=number,
    )  # fmt: skip

    class Meta:
        model = FairDay
        fields = ("date", "starts", "ends", "zone", "reserve_slots", "note")
        labels: ClassVar = {"date": gettext_lazy("Date"), "note": gettext_lazy("Note")}
        help_texts: ClassVar = {"note": gettext_lazy("Shown with the day, for example “Hand tools and locks”.")}
        widgets: ClassVar = {"date": date_input()}


class HoursForm(_Timed[WorkingHours]):
    from_to = ("opens", "closes")
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    city = CityField(
        label=gettext_lazy("City"),
        help_text=gettext_lazy("Leave it blank for the whole country."),
        required=False,
    )
    weekdays = WeekdaysField(label=gettext_lazy("Days of the week"))
    pauses = LinesField(
        show=show_pauses,
        read=read_pauses,
        label=gettext_lazy("Breaks"),
        help_text=gettext_lazy("One in each row, for example 12:00-13:00 Lunch."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    zone = zone_field(required=False)

    class Meta:
        model = WorkingHours
        fields = ("country", "city", "weekdays", "opens", "closes", "pauses", "zone", "first", "last")
        labels: ClassVar = {
            "opens": gettext_lazy("Work starts"),
            "closes": gettext_lazy("Work ends"),
            "first": gettext_lazy("From this date"),
            "last": gettext_lazy("Until this date"),
        }
        help_texts: ClassVar = {
            "first": gettext_lazy("Only for hours that hold for a time, such as in Ramadan."),
        }
        widgets: ClassVar = {
            "opens": time_input(), "closes": time_input(), "first": date_input(), "last": date_input(),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The end has to be later than the start."))
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        outside = [
            pause
            for pause in cleaned.get("pauses") or []
            if (opens and pause["starts"] < f"{opens:%H:%M}") or (closes and pause["ends"] > f"{closes:%H:%M}")
        ]
        if outside:
            self.add_error("pauses", _("“%(line)s” is outside the working hours.") % {"line": show_pauses(outside[:1])})
        cleaned["pauses"] = [self._with_stored_name(pause) for pause in cleaned.get("pauses") or []]
        return cleaned

    def _with_stored_name(self, pause: Named) -> Named:
        """A break that is called what it was called has its name in the other languages, too."""
        stored = (one for one in self.initial.get("pauses") or [] if pause_name(one) == pause["name"])
        return {**pause, "name": next(stored, pause)["name"]}


class HolidayForm(_Timed[Holiday]):
    needed = ("name",)
    from_to = ("from_time", "until_time")
    once = (("date", "country", "city"), gettext_lazy("This place already has an entry for this date."))
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    city = CityField(
        label=gettext_lazy("City"),
        help_text=gettext_lazy("Leave it blank for the whole country."),
        required=False,
    )

    class Meta:
        model = Holiday
        fields = ("date", "name", "country", "city", "works", "from_time", "until_time")
        labels: ClassVar = {
            "date": gettext_lazy("Date"),
            "name": gettext_lazy("Name"),
            "works": gettext_lazy("A working day, although the country usually rests on it"),
            "from_time": gettext_lazy("From"),
            "until_time": gettext_lazy("Until"),
        }
        help_texts: ClassVar = {
            "until_time": gettext_lazy("Leave both blank for the whole day."),
        }
        widgets: ClassVar = {"date": date_input(), "from_time": time_input(), "until_time": time_input()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("from_time")) != bool(cleaned.get("until_time")) and not self.errors:
            self.add_error("until_time", _("Enter both times, or neither."))
        return cleaned
