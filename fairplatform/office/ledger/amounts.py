"""An amount as somebody types it, in a form that says what it has understood and asks where that is doubtful."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.numbers import currencies_of, major_units
from fairplatform.i18n.text import current_language, isolated
from fairplatform.money.amounts import Money
from fairplatform.money.currencies import in_use, name_of
from fairplatform.money.reading import LONGEST, Doubtful, read
from fairplatform.money.wording import in_full

MEANT = "_meant"
"""Ends the name of the field that asks which amount is meant, where there are several readings."""
AS_WRITTEN = gettext_lazy("As written with the amount")
_PLAIN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def amount_field(**kwargs: object) -> forms.CharField:
    widget = forms.TextInput({"dir": "auto", "autocomplete": "off"})
    return forms.CharField(max_length=LONGEST, widget=widget, **kwargs)  # type: ignore[arg-type]


def usual(fair: Fair) -> list[str]:
    """ISO 4217: the currencies that trade between the fair's countries is agreed in."""
    return currencies_of(fair.host_country, fair.station_country)


def currency_choices(fair: Fair, *stored: str) -> list[tuple[str, str]]:
    """Every currency with its name in the reader's language, the fair's own first."""
    first = list(dict.fromkeys((*usual(fair), *filter(None, stored))))
    language = current_language()
    codes = [*first, *(code for code in sorted(in_use()) if code not in first)]
    return [(code, f"{code} · {name_of(code, language)}" if code in in_use() else code) for code in codes]


def typed(minor: int | None, currency: str) -> str:
    """A stored amount as it can be typed again."""
    return "" if minor is None else f"{major_units(minor, currency):f}"


def is_plain(text: str | None, currency: str | None) -> bool:
    """Whether it is typed in digits, in a currency that was chosen: nobody has to be shown what that means."""
    return bool(_PLAIN.fullmatch(text or "") and currency)


def understood(money: Money) -> str:
    return _("Understood: %(amount)s") % {"amount": isolated(in_full(money, current_language()))}


def shown_back(money: Money) -> str:
    """What was not typed in plain digits stands in full before it is stored."""
    return _("%(understood)s. If it is right, send it again.") % {"understood": understood(money)}


def take(form: forms.Form | forms.ModelForm, name: str, *, currency: str, among: list[str]) -> Money | None:  # type: ignore[type-arg]
    """The amount in a field of a form that is being cleaned; None with an error beside the field, or without a text.

    Beside the field stands what was understood; where there are several readings, the person is asked for theirs.
    """
    text = form.cleaned_data.get(name) or ""
    if not text:
        return None
    try:
        reading = read(text, currency=currency, among=among)
    except Refused as refused:
        form.add_error(name, refused.sentence)
        return None
    money = _meant(form, name, reading) if isinstance(reading, Doubtful) else reading.amount
    if money:
        # The field that a page shows has been made of the form's before it was read.
        form[name].help_text = form.fields[name].help_text = understood(money)
    return money


def _meant(form: forms.Form | forms.ModelForm, name: str, reading: Doubtful) -> Money | None:  # type: ignore[type-arg]
    """The reading that was chosen. Its field stands below that of the amount."""
    asked = f"{name}{MEANT}"
    readings = {f"{one.minor} {one.currency}": one for one in reading.readings}
    labels = zip(readings, reading.choices(current_language()), strict=True)
    form.fields[asked] = forms.ChoiceField(
        label=_("Which amount do you mean?"), choices=list(labels), widget=forms.RadioSelect, required=False
    )
    names = [one for one in form.fields if one != asked]
    names.insert(names.index(name) + 1, asked)
    form.order_fields(names)
    chosen = form.data.get(asked, "")
    if chosen not in readings:
        form.add_error(asked, _("This can be read in several ways. Choose the one that is meant."))
    return readings.get(chosen)
