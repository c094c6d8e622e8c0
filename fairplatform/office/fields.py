"""Fields that several forms of the office have: countries, values of a list or in own words, codes, lines."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booths import hs_codes
from fairplatform.fairs.models import Fair

from .places import countries

OWN_WORDS = {"dir": "auto"}
FIGURES = {"dir": "ltr", "autocomplete": "off"}
MOST_CODES = 60


def country_choices(fair: Fair) -> list[tuple[str, str]]:
    """Every country by its name in the reader's language, the fair's own two first."""
    names = dict(countries())
    first = dict.fromkeys((fair.host_country, fair.station_country))
    return [(code, names.get(code, code)) for code in (*first, *(code for code in names if code not in first))]


class ListOrWords(forms.CharField):
    """A value of a list, shown by its label in the reader's language, or what the company says of itself."""

    def __init__(self, choices: Iterable[tuple[str, str | Promise]], **kwargs: Any) -> None:
        self.choices = dict(choices)
        super().__init__(**{"required": False, "max_length": 80, "widget": Suggestions(self.choices), **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return str(self.choices.get(value, value or ""))

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return next((code for code, label in self.choices.items() if text in (code, str(label))), text)


class Suggestions(forms.TextInput):
    """A text box with a list to choose from."""

    template_name = "components/suggestions.html"

    def __init__(self, choices: dict[str, str | Promise]) -> None:
        super().__init__({**OWN_WORDS, "autocomplete": "off"})
        self.choices = choices

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["labels"] = list(self.choices.values())
        return context


class CodesField(forms.CharField):
    """HS codes of 2 to 6 digits, separated by anything but dots; longer national codes are cut to six digits."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea({**FIGURES, "rows": 2})
        super().__init__(**{"required": False, "max_length": 800, "widget": widget, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(self.prepare_value(value) or "") or ""
        codes = [re.sub(r"\D", "", word) for word in re.split(r"[^\d.]+", text) if word.strip(".")]
        return list(dict.fromkeys(code[:6] for code in codes))

    def validate(self, value: Any) -> None:
        unknown = [code for code in value if len(code) not in (2, 4, 6) or not hs_codes.exists(code)]
        if unknown:
            sentence = _("HS 2022 has no such code: %(codes)s. Check the digits.")
            raise ValidationError(sentence, params={"codes": ", ".join(unknown)})
        if len(value) > MOST_CODES:
            raise ValidationError(_("Enter up to %(number)s codes."), params={"number": MOST_CODES})

    def run_validators(self, value: Any) -> None:
        """Those of a text do not apply to a list; the text's length is limited by the widget and by MOST_CODES."""


class LinesField(forms.CharField):
    """A list of names, one in each line."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea({**OWN_WORDS, "rows": 2})
        super().__init__(**{"required": False, "widget": widget, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(self.prepare_value(value) or "") or ""
        lines = (" ".join(line.split()) for line in re.split(r"[\n;；]", text))
        return list(dict.fromkeys(filter(None, lines)))

    def validate(self, value: Any) -> None:
        if any(len(line) > 200 for line in value):
            raise ValidationError(_("A name can have up to 200 characters."))

    def run_validators(self, value: Any) -> None:
        """Those of a text do not apply to a list."""
