"""The forms of a fair's bodies, recruiting units, halls, days, working hours and holidays."""

from datetime import time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.fairs.models import Body, FairDay, Hall, Holiday, RecruitingUnit, WorkingHours
from fairplatform.i18n.times import zone_name
from fairplatform.i18n.zones import can_follow, minutes_between
from fairplatform.workbook.stored.fair import BODIES, HALLS, UNITS
from fairplatform.workbook.stored.times import CALENDARS, DAYS, HOLIDAYS

from .. import places
from ..fields import KindField, as_columns, country_choices, kind_of
from .fields import CityField, Named, PausesField, WeekdaysField, pause_name, zone_field
from .forms import M, SetupForm


class BodyForm(SetupForm[Body]):
    needed = ("name",)

    class Meta:
        model = Body
        formfield_callback = as_columns("bodies", BODIES.fields)
        fields = ("part", "name")
        labels: ClassVar = {"part": gettext_lazy("Type of body"), "name": gettext_lazy("Name")}


class UnitForm(SetupForm[RecruitingUnit]):
    needed = ("name", "key")
    once = (("key",), gettext_lazy("Another recruiting unit of this fair has this key."))
    country = forms.ChoiceField(label=gettext_lazy("Country"))

    class Meta:
        model = RecruitingUnit
        formfield_callback = as_columns("units", UNITS.fields)
        fields = ("name", "key", "country", "quota", "reply_by", "contact", "mobile")
        labels: ClassVar = {
            "name": gettext_lazy("Name"),
            "key": gettext_lazy("Key"),
            "quota": gettext_lazy("Companies it is to bring"),
            "reply_by": gettext_lazy("Reply by"),
            "contact": gettext_lazy("Contact person"),
            "mobile": gettext_lazy("Mobile number"),
        }
        help_texts: ClassVar = {
            "key": gettext_lazy("A short name of your own: letters, digits and hyphens. It links lists to this unit."),
        }

    def prepare(self) -> None:
        super().prepare()
        self.choose("country", country_choices(self.fair, chosen=self.instance.country))


class HallForm(SetupForm[Hall]):
    needed = ("name",)
    once = (("number",), gettext_lazy("This fair already has a hall with this number."))
    headings = KindField(
        kind_of("halls", "headings"),
        label=gettext_lazy("HS headings"),
        help_text=gettext_lazy("What is shown here, for example 8203, 8205."),
        required=False,
    )

    class Meta:
        model = Hall
        formfield_callback = as_columns("halls", HALLS.fields)
        fields = ("number", "name", "headings")
        labels: ClassVar = {"number": gettext_lazy("Number"), "name": gettext_lazy("Name")}


class _Timed(SetupForm[M]):
    """A form with a time that has to be before another one, and a time zone."""

    from_to: ClassVar[tuple[str, str]]

    def prepare(self) -> None:
        super().prepare()
        if "country" in self.fields:
            self.choose("country", country_choices(self.fair, chosen=self["country"].initial or ""))
        if "zone" in self.fields:
            fair = self.fair
            zones = places.zones(fair.station_country, fair.host_country, stored=self.initial.get("zone") or "")
            self.choose("zone", [("", self._usual_zone()), *zones])

    def _usual_zone(self) -> str:
        """What an empty zone is called."""
        return _("As in the fair's settings")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = (cleaned.get(name) for name in self.from_to)
        if starts is not None and ends is not None and not self._can_follow(starts, ends):
            self.add_error(self.from_to[1], _("The end has to be later than the start."))
        return cleaned

    def _can_follow(self, starts: time, ends: time) -> bool:
        """Over midnight, too: the end is then on the next day."""
        return can_follow(starts, ends)


class DayForm(_Timed[FairDay]):
    needed = ("starts", "ends")
    from_to = ("starts", "ends")
    once = (("date",), gettext_lazy("This fair already has this day."))
    zone = zone_field(required=False)

    class Meta:
        model = FairDay
        formfield_callback = as_columns("days", DAYS.fields)
        fields = ("date", "starts", "ends", "zone", "reserve_slots", "note")
        labels: ClassVar = {
            "date": gettext_lazy("Date"),
            "starts": gettext_lazy("First meeting starts"),
            "ends": gettext_lazy("Last meeting ends by"),
            "reserve_slots": gettext_lazy("Slots kept in reserve"),
            "note": gettext_lazy("Note"),
        }
        help_texts: ClassVar = {
            "ends": gettext_lazy("A time that is not after the start is on the next day."),
            "reserve_slots": gettext_lazy(
                "The last slots of the day, kept free for meetings that have to be repeated."
            ),
            "note": gettext_lazy("Shown with the day, for example “Hand tools and locks”."),
        }

    def _usual_zone(self) -> str:
        """The settings have two zones: this one is the buyers'."""
        return _("As in the fair's settings: %(zone)s") % {"zone": zone_name(self.fair.station_zone)}


class HoursForm(_Timed[WorkingHours]):
    from_to = ("opens", "closes")
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    city = CityField(
        label=gettext_lazy("City"),
        help_text=gettext_lazy("Leave it blank for the whole country."),
        required=False,
    )
    weekdays = WeekdaysField(label=gettext_lazy("Days of the week"))
    pauses = PausesField(
        kind_of("calendars", "pauses"),
        label=gettext_lazy("Breaks"),
        help_text=gettext_lazy("One in each row, for example 12:00-13:00 Lunch."),
        required=False,
    )
    zone = zone_field(required=False)

    class Meta:
        model = WorkingHours
        formfield_callback = as_columns("calendars", CALENDARS.fields)
        fields = ("country", "city", "weekdays", "opens", "closes", "pauses", "zone", "first", "last")
        labels: ClassVar = {
            "opens": gettext_lazy("Work starts"),
            "closes": gettext_lazy("Work ends"),
            "first": gettext_lazy("From this date"),
            "last": gettext_lazy("Until this date"),
        }
        help_texts: ClassVar = {
            "closes": gettext_lazy("A time that is not after the start is on the next day."),
            "first": gettext_lazy("Only for hours that hold for a time, such as in Ramadan."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The end has to be later than the start."))
        cleaned["pauses"] = [self._with_stored_name(pause) for pause in cleaned.get("pauses") or []]
        self._check_pauses(cleaned)
        return cleaned

    def _check_pauses(self, cleaned: dict[str, Any]) -> None:
        """A break outside the hours, unless an import has brought all three in as they are."""
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if (
            opens is None
            or closes is None
            or not any(self.is_changed(name, cleaned) for name in ("opens", "closes", "pauses"))
        ):
            return
        outside = [one for one in cleaned["pauses"] if not _is_within(one, opens, closes)]
        if outside:
            line = self.fields["pauses"].prepare_value(outside[:1])
            self.add_error("pauses", _("“%(line)s” is outside the working hours.") % {"line": line})

    def _with_stored_name(self, pause: Named) -> Named:
        """A break that is called what it was called has its name in the other languages, too."""
        stored = (one for one in self.initial.get("pauses") or [] if pause_name(one) == pause["name"])
        return {**pause, "name": next(stored, pause)["name"]}


def _is_within(pause: Named, opens: time, closes: time) -> bool:
    """Whether a break is within working hours, both of which may last over midnight."""
    begins, ends = time.fromisoformat(pause["starts"]), time.fromisoformat(pause["ends"])
    return minutes_between(opens, begins) + minutes_between(begins, ends) <= minutes_between(opens, closes)


class HolidayForm(_Timed[Holiday]):
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
        formfield_callback = as_columns("holidays", HOLIDAYS.fields)
        fields = ("date", "name", "country", "city", "works", "from_time", "until_time")
        labels: ClassVar = {
            "date": gettext_lazy("Date"),
            "name": gettext_lazy("Name"),
            "works": gettext_lazy("Working day (moved from a weekend or holiday)"),
            "from_time": gettext_lazy("From"),
            "until_time": gettext_lazy("Until"),
        }
        help_texts: ClassVar = {
            "until_time": gettext_lazy("Leave both blank for the whole day."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (cleaned.get("from_time") is None) != (cleaned.get("until_time") is None) and not self.errors:
            self.add_error("until_time", _("Enter both times, or neither."))
        return cleaned

    def _can_follow(self, starts: time, ends: time) -> bool:
        """A night has two dates, and each its own entry."""
        return starts < ends
