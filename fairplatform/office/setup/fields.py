"""Form fields of the office: clocks and dates, weekdays, breaks, HS headings, cities."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths import hs_codes
from fairplatform.accounts.locations import city_key, location_name
from fairplatform.i18n.text import Translated

from ..places import weekday_name

CLOCK = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})\s*(.*)")
SEPARATORS = re.compile(r"[\s,;،，；、]+")
HEADING = 4  # digits

number = forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"})


def date_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def time_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class ZonedField(forms.DateTimeField):
    """An instant, entered by the wall clock of `zone`."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    zone = ZoneInfo("UTC")

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self.zone).replace(tzinfo=None) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime) and value.tzinfo:
            return value
        typed = super().to_python(value)  # in UTC, the current time zone
        return typed and typed.replace(tzinfo=self.zone)


class WeekdaysField(forms.MultipleChoiceField):
    """Days of the week as ISO 8601 numbers them: 1 is Monday, 7 Sunday."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_weekdays, widget=forms.CheckboxSelectMultiple, **kwargs)

    def to_python(self, value: Any) -> list[Any]:
        chosen = super().to_python(value)
        return [int(number) if number.isdecimal() else number for number in chosen]


def _weekdays() -> list[tuple[int, str]]:
    return [(number, weekday_name(number, "wide")) for number in range(1, 8)]


class LinesField(forms.CharField):
    """A list, typed as text: `show` and `read` turn its value into text and back. `read` raises ValidationError."""

    def __init__(self, *, show: Callable[[Any], str], read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._show, self._read = show, read

    def prepare_value(self, value: Any) -> Any:
        return self._show(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, list) else self._read(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial or []) != self.to_python(data))


Named = dict[str, Any]  # a break as fairs.WorkingHours stores it


def pause_name(pause: Named) -> str:
    """As the organisers wrote it, or the one of several languages that the reader knows."""
    name = pause.get("name", "")
    return name if isinstance(name, str) else str(Translated(name))


def show_pauses(pauses: Sequence[Named]) -> str:
    return "\n".join(f"{pause['starts']}-{pause['ends']} {pause_name(pause)}".strip() for pause in pauses)


def read_pauses(text: str) -> list[Named]:
    """One a line, `12:00-13:00 Lunch`, in the order of time."""
    return sorted((_pause(line.strip()) for line in text.splitlines() if line.strip()), key=lambda one: one["starts"])


def _pause(line: str) -> Named:
    found = CLOCK.fullmatch(line.replace("：", ":"))
    try:
        parts = found.groups() if found else ()
        starts, ends = time(int(parts[0]), int(parts[1])), time(int(parts[2]), int(parts[3]))
    except (IndexError, ValueError):
        sentence = _("“%(text)s” is not a break. Enter one in each row, in the form 12:00-13:00 Lunch.")
        raise ValidationError(sentence % {"text": line}) from None
    if ends <= starts:
        raise ValidationError(_("“%(line)s” ends before it starts.") % {"line": line})
    return {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}", "name": parts[4].strip()}


def show_headings(codes: Sequence[str]) -> str:
    return ", ".join(codes)


def read_headings(text: str) -> list[str]:
    """HS headings of four digits, `8203, 82.05`, each once."""
    typed = [word for word in SEPARATORS.split(text) if word]
    codes = ["".join(str(int(digit)) for digit in word if digit.isdecimal()) for word in typed]
    wrong = [
        word
        for word, code in zip(typed, codes, strict=True)
        if len(code) != HEADING or len(code) < len(word.replace(".", "")) or not hs_codes.exists(code)
    ]
    if wrong:
        sentence = _("“%(words)s” is not a heading of HS 2022. A heading has four digits, for example 8203.")
        raise ValidationError(sentence % {"words": ", ".join(wrong)})
    return list(dict.fromkeys(codes))


class CityField(forms.CharField):
    """A city's key, typed and shown as a name in any language."""

    def __init__(self, **kwargs: Any) -> None:
        # `list`: the page's list of suggestions.
        widget = forms.TextInput(attrs={"list": "cities", "dir": "auto", "autocomplete": "off"})
        super().__init__(max_length=60, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return location_name(value) if value else value

    def to_python(self, value: Any) -> str:
        return city_key({"en": super().to_python(value) or ""})


def zone_field(**kwargs: Any) -> forms.ChoiceField:
    """Its choices are set by the form: they depend on the fair's countries."""
    return forms.ChoiceField(label=kwargs.pop("label", gettext_lazy("Time zone")), **kwargs)
