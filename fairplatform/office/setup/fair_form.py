"""The form of the fair itself."""

from collections.abc import Iterator
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.fairs.models import Fair
from fairplatform.i18n.times import zone_name
from fairplatform.i18n.zones import usual_zone
from fairplatform.workbook.stored.fair import FairSheet

from .. import places
from ..fields import as_columns, country_choices, kind_of
from ..zones import ZonesForm
from .fields import ZonedField, zone_field
from .forms import SetupForm

SECTIONS = (
    (gettext_lazy("Name"), ("name", "station", "theme", "series")),
    (gettext_lazy("Countries"), ("host_country", "host_zone", "station_country", "station_zone", "languages")),
    (
        gettext_lazy("Meetings"),
        ("slot_minutes", "change_minutes", "rooms", "min_meetings", "max_meetings"),
    ),
    (gettext_lazy("Launch ceremony"), ("ceremony_at",)),
)


class FairForm(ZonesForm[Fair], SetupForm[Fair]):
    """Everything about the fair but its address and its state."""

    zones: ClassVar = {"host_zone": "host_country", "station_zone": "station_country"}
    needed = ("name",)
    host_country = forms.ChoiceField(label=gettext_lazy("Exhibitors' country"))
    station_country = forms.ChoiceField(label=gettext_lazy("Buyers' country"))
    host_zone = zone_field(label=gettext_lazy("Time zone of the exhibitors' country"))
    station_zone = zone_field(label=gettext_lazy("Time zone of the buyers' country"))
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the meetings"), required=False, widget=forms.CheckboxSelectMultiple
    )
    ceremony_at = ZonedField(kind_of("fair", "ceremony_at"), label=gettext_lazy("Date and time"), required=False)

    class Meta:
        model = Fair
        formfield_callback = as_columns("fair", FairSheet.fields)
        fields = (
            "name", "station", "theme", "series", "host_country", "host_zone", "station_country", "station_zone",
            "languages", "slot_minutes", "change_minutes", "rooms", "min_meetings", "max_meetings", "ceremony_at",
        )  # fmt: skip
        labels = {
            "name": gettext_lazy("Name of the fair"),
            "station": gettext_lazy("Short name"),
            "theme": gettext_lazy("Theme"),
            "series": gettext_lazy("Series"),
            "slot_minutes": gettext_lazy("Length of a meeting, in minutes"),
            "change_minutes": gettext_lazy("Break between two meetings, in minutes"),
            "rooms": gettext_lazy("Meetings at the same time, at most"),
            "min_meetings": gettext_lazy("Meetings for each company, at least"),
            "max_meetings": gettext_lazy("Meetings for each company, at most"),
        }
        help_texts = {
            "station": gettext_lazy("Shown where there is little room, for example “Pakistan station”."),
            "series": gettext_lazy("The name that all fairs of the series share."),
            "rooms": gettext_lazy("Leave it blank if there is no limit."),
            "max_meetings": gettext_lazy("A company that both sells and buys has these limits for each."),
        }

    def prepare(self) -> None:
        super().prepare()
        of_both = [self[name].value() or "" for name in ("host_country", "station_country")]
        for name in ("host_country", "station_country"):
            self.choose(name, country_choices(self.instance, chosen=getattr(self.instance, name)))
        for (name, of), country in zip(self.zones.items(), of_both, strict=True):
            self._prepare_zone(name, country, is_chosen=bool(getattr(self.instance, of)))
        self.choose("languages", places.languages(*of_both, also=self.instance.languages))
        if not self.instance.has_countries:
            del self.fields["ceremony_at"]  # there is no clock yet to enter it by
            return
        ceremony = self.fields["ceremony_at"]
        assert isinstance(ceremony, ZonedField)
        ceremony.zone = ZoneInfo(self.instance.station_zone)
        ceremony.help_text = _("In %(zone)s.") % {"zone": zone_name(self.instance.station_zone)}

    def _prepare_zone(self, name: str, country: str, *, is_chosen: bool) -> None:
        """A country that is chosen now for the first time has its usual zone, unless another is chosen with it."""
        if is_chosen:
            self.choose(name, places.zones(country, stored=getattr(self.instance, name)))
            return
        self.initial[name], self.fields[name].required = "", False
        self.choose(name, [("", _("The usual one of the country")), *places.zones(country)])

    def clean_host_zone(self) -> str:
        return self._zone("host_zone")

    def clean_station_zone(self) -> str:
        return self._zone("station_zone")

    def _zone(self, name: str) -> str:
        country = self.cleaned_data.get(self.zones[name]) or ""
        zone: str = self.cleaned_data[name] or usual_zone(country)
        if country and not zone:
            raise forms.ValidationError(_("This country has no usual time zone. Choose one."))
        return zone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        least, most = cleaned.get("min_meetings"), cleaned.get("max_meetings")
        if least is not None and most is not None and most < least:
            self.add_error("max_meetings", _("This is lower than the minimum."))
        return cleaned

    def sections(self) -> Iterator[tuple[str, list[BoundField]]]:
        for title, names in SECTIONS:
            if shown := [name for name in names if name in self.fields]:
                yield str(title), list(self.with_questions(*shown))
