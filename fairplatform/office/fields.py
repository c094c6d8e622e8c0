"""Form fields that read and show a value as its column of the workbook does, so that each limit is declared once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from fairplatform.fairs.models import Fair
from fairplatform.i18n.fields import TranslatedField
from fairplatform.i18n.forms import TranslatedFormField
from fairplatform.workbook import cells
from fairplatform.workbook import sentences as sentences  # of the codes that a form can refuse with
from fairplatform.workbook.fields import Field, Plain, Words
from fairplatform.workbook.findings import sentence
from fairplatform.workbook.kinds import (
    BoothNumber,
    Choice,
    Country,
    Date,
    DateTime,
    DecimalNumber,
    Email,
    HsList,
    Integer,
    Kind,
    Languages,
    Pauses,
    Phone,
    Text,
    Texts,
    Time,
    Unread,
    Weekdays,
    YesNo,
    Zone,
)
from fairplatform.workbook.kinds.kind import Row, Several
from fairplatform.workbook.sheets import SHEETS, SUFFIXES

from .places import countries

OWN_WORDS = {"dir": "auto"}
FIGURES = {"dir": "ltr", "autocomplete": "off"}
# Kinds whose values are chosen, not typed: Django's fields show them, from choices of the form or of the model.
_CHOSEN = (Choice, Country, Languages, Weekdays, YesNo, Zone)
_WITHOUT_TEXT = (Date, DateTime, DecimalNumber, Integer, Time)
_WIDGETS: Mapping[type[Kind], Callable[[], forms.Widget]] = {
    BoothNumber: partial(forms.TextInput, FIGURES),
    Date: partial(forms.DateInput, {"type": "date"}, format="%Y-%m-%d"),
    DateTime: partial(forms.DateTimeInput, {"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    DecimalNumber: partial(forms.TextInput, {**FIGURES, "inputmode": "decimal"}),
    Email: partial(forms.EmailInput, FIGURES),
    HsList: partial(forms.Textarea, {**FIGURES, "rows": 2}),
    Integer: partial(forms.TextInput, {**FIGURES, "inputmode": "numeric"}),
    Pauses: partial(forms.Textarea, {**OWN_WORDS, "rows": 3}),
    Phone: partial(forms.TextInput, {**FIGURES, "type": "tel"}),
    Text: partial(forms.TextInput, OWN_WORDS),
    Texts: partial(forms.Textarea, {**OWN_WORDS, "rows": 2}),
    Time: partial(forms.TimeInput, {"type": "time"}, format="%H:%M"),
}


def kind_of(sheet: str, column: str) -> Kind:
    """The kind of a column; of a text in three languages without saying which."""
    return SHEETS[sheet].column(column).kind


def choices_of(sheet: str, column: str) -> list[tuple[str, str | Promise]]:
    """What can be chosen in a column."""
    kind = kind_of(sheet, column)
    assert isinstance(kind, Choice)
    return list(kind.values.items())


def country_choices(fair: Fair, *, chosen: str) -> list[tuple[str, str]]:
    """Every country by its name in the reader's language, the fair's own two first.

    `chosen`: what is chosen already; where it is empty, nobody is taken to be in the first country of the list.
    """
    names = dict(countries())
    own = fair.countries
    blank = [] if chosen else [("", _("Not chosen"))]
    return blank + [(code, names.get(code, code)) for code in (*own, *(code for code in names if code not in own))]


class KindField(forms.Field):
    """A value as a column of the workbook reads and writes it. `empty`: the value of a blank input."""

    country = ""
    """ISO 3166: the country that a number is of, set by the form."""
    doubts: Sequence[str] = ()
    """Sentences on what has been read last, which is kept as it is."""

    def __init__(self, kind: Kind, *, empty: object = "", **kwargs: Any) -> None:
        self.kind = kind
        self.empty = [] if isinstance(kind, Several) else None if isinstance(kind, _WITHOUT_TEXT) else empty
        super().__init__(**{"widget": _widget(kind), **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        if isinstance(self.kind, Several):
            return ("\n" if isinstance(self.widget, forms.Textarea) else "; ").join(self.kind.parts(value))
        return f"{value.normalize():f}" if isinstance(value, Decimal) else self.kind.written(value)

    def to_python(self, value: Any) -> Any:
        if value is not None and not isinstance(value, str):
            return value
        doubts: list[str] = []
        row = Row(self.country or None, lambda code, **parameters: doubts.append(sentence(code, parameters)))
        self.doubts = doubts
        try:
            cell = cells.plain(value or "", row.warn)
            return self.empty if cell is None else self.kind.read(cell, row)
        except Unread as unread:
            raise ValidationError(sentence(unread.code, unread.parameters), code=unread.code) from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        longest = getattr(self.kind, "longest", None)
        is_text = isinstance(widget, forms.TextInput | forms.Textarea) and not isinstance(self.kind, Several)
        return {"maxlength": str(longest)} if longest and is_text else {}


def _widget(kind: Kind) -> forms.Widget:
    own = (_WIDGETS[base] for base in type(kind).__mro__ if base in _WIDGETS)
    return next(own, _WIDGETS[BoothNumber])()


class InLanguagesField(TranslatedFormField):
    """A text in three languages, each as the column of its language reads it."""

    def __init__(self, kind: Kind, **kwargs: Any) -> None:
        super().__init__(part=partial(KindField, kind, required=False), **kwargs)


class ListOrWords(KindField):
    """A value of a list, shown by its label in the reader's language, or what the company says of itself."""

    def __init__(self, kind: Kind, **kwargs: Any) -> None:
        assert isinstance(kind, Choice)
        self.choices = kind.values
        super().__init__(kind, **{"required": False, "widget": Suggestions(self.choices), **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return str(self.choices.get(value, value or ""))


class Suggestions(forms.TextInput):
    """A text box with a list to choose from."""

    template_name = "components/suggestions.html"

    def __init__(self, choices: Mapping[str, str | Promise]) -> None:
        super().__init__({**OWN_WORDS, "autocomplete": "off"})
        self.choices = choices

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["labels"] = list(self.choices.values())
        return context


def as_columns(sheet: str, stored: Iterable[Field]) -> Callable[..., forms.Field | None]:
    """For `Meta.formfield_callback`: the model's fields that are columns of the sheet read as these do.

    `stored`: how the sheet's columns are stored. Other fields, and those whose value is chosen, are Django's own.
    """
    columns = {field.name: field.column for field in stored if isinstance(field, Plain)}
    columns |= {field.column: f"{field.column}_{next(iter(SUFFIXES))}" for field in stored if isinstance(field, Words)}

    def formfield(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
        kind = kind_of(sheet, columns[field.name]) if field.name in columns else None
        if kind is None or isinstance(kind, _CHOSEN):
            return field.formfield(**kwargs)
        own = {"label": capfirst(field.verbose_name), "required": not field.blank, **kwargs}
        if isinstance(field, TranslatedField):
            return InLanguagesField(kind, **own)
        return KindField(kind, empty=None if field.null else "", **own)

    return formfield
