"""Form fields of a fair's set-up: a moment by the wall clock of a zone, weekdays, breaks, cities."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from fairplatform.accounts.locations import city_key, city_name
from fairplatform.i18n.text import Translated

from ..fields import KindField, kind_of
from ..places import weekday_name


class ZonedField(KindField):
    """An instant, entered by the wall clock of `zone`."""

    zone = ZoneInfo("UTC")

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self.zone).replace(tzinfo=None) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        at: datetime | None = super().to_python(value)
        return at.replace(tzinfo=self.zone) if at and not at.tzinfo else at


class WeekdaysField(forms.MultipleChoiceField):
    """Days of the week as ISO 8601 numbers them: 1 is Monday, 7 Sunday."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_weekdays, widget=forms.CheckboxSelectMultiple, **kwargs)

    def to_python(self, value: Any) -> list[Any]:
        chosen = super().to_python(value)
        return [int(number) if number.isdecimal() else number for number in chosen]


def _weekdays() -> list[tuple[int, str]]:
    return [(number, weekday_name(number, "wide")) for number in range(1, 8)]


Named = dict[str, Any]  # a break as fairs.WorkingHours stores it


def pause_name(pause: Named) -> str:
    """As the organisers wrote it, or the one of several languages that the reader knows."""
    name = pause.get("name", "")
    return name if isinstance(name, str) else str(Translated(name))


class PausesField(KindField):
    """Breaks, one in each row, by their names in the reader's language."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            value = [pause | {"name": pause_name(pause)} for pause in value]
        return super().prepare_value(value)


class CityField(KindField):
    """A city's key, typed and shown as a name in any language."""

    def __init__(self, **kwargs: Any) -> None:
        # `list`: the page's list of suggestions.
        widget = forms.TextInput(attrs={"list": "cities", "dir": "auto", "autocomplete": "off"})
        super().__init__(kind_of("holidays", "city"), widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return city_name(value) if value else value

    def to_python(self, value: Any) -> str:
        return city_key({"en": super().to_python(value)})


def zone_field(**kwargs: Any) -> forms.ChoiceField:
    """Its choices are set by the form: they depend on the fair's countries."""
    return forms.ChoiceField(label=kwargs.pop("label", gettext_lazy("Time zone")), **kwargs)
