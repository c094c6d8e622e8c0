"""The six lines of an outcome as somebody fills them in. What was not typed plainly is read back before it is kept."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from booths import hs_codes
from fairplatform.errors import Refused
from fairplatform.i18n.numbers import CURRENCIES, Amount, format_money, major_units, parse_amount
from fairplatform.i18n.templatetags.language import hs as printed_hs
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.models.outcome import OutcomeVersion

from .terms import Terms, read_hs

OWN_WORDS = {"dir": "auto"}
FIGURES = {"dir": "ltr", "inputmode": "decimal", "autocomplete": "off"}


class OutcomeForm(forms.Form):
    """`base`: the key of the newest version when the page was made. `amount_read`, `hs_read`: what was read back."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Choose what came of it")), *OutcomeVersion.Kind.choices],
        error_messages={"required": _("Choose what came of the meeting.")},
    )
    amount = forms.CharField(label=_("Amount"), required=False, max_length=60, widget=forms.TextInput(FIGURES))
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    months = forms.IntegerField(
        label=_("Expected within how many months"),
        required=False,
        widget=forms.TextInput({"dir": "ltr", "inputmode": "numeric"}),
    )
    goods = forms.CharField(label=_("Goods"), required=False, max_length=200, widget=forms.TextInput(OWN_WORDS))
    hs_code = forms.CharField(
        label=_("HS code"),
        required=False,
        max_length=20,
        help_text=_("6 digits, or the 8 of Pakistan's tariff (PCT), or the 10 of China's customs."),
        widget=forms.TextInput({"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
    )
    quantity = forms.CharField(label=_("Quantity"), required=False, max_length=60, widget=forms.TextInput(OWN_WORDS))
    terms = forms.CharField(
        label=_("Terms"),
        required=False,
        max_length=200,
        help_text=_("Incoterm and port, payment: for example FOB Ningbo, 30% deposit."),
        widget=forms.TextInput(OWN_WORDS),
    )
    next_step = forms.ChoiceField(label=_("Next step"), required=False, choices=OutcomeVersion.Step.choices)
    next_step_on = forms.DateField(
        label=_("On"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    next_step_by = forms.ChoiceField(label=_("Who does it"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea({**OWN_WORDS, "rows": 2})
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    amount_read = forms.CharField(required=False, widget=forms.HiddenInput)
    hs_read = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        companies = [(side.value, str(meeting.company_of(side))) for side in Side]
        self.fields["next_step_by"].choices = [("", "–"), *companies]  # type: ignore[attr-defined]
        # What was read otherwise than it was typed: (as typed, as read), for the person to look at.
        self.read_back: list[tuple[str, str]] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        amount = self._amount(cleaned)
        cleaned["hs_code"] = self._hs(cleaned)
        if "kind" in cleaned and not self.errors:
            cleaned["said"] = self._terms(cleaned, amount)
        return cleaned

    def _amount(self, cleaned: dict[str, Any]) -> Amount | None:
        typed = cleaned.get("amount", "")
        if not typed:
            return None
        try:
            amount = parse_amount(typed, cleaned.get("currency", CURRENCIES[0]))
        except Refused as refused:
            self.add_error("amount", refused.sentence)
            return None
        if not amount.is_plain:
            self._ask("amount", typed, f"{amount.minor} {amount.currency}", money(amount))
        return amount

    def _hs(self, cleaned: dict[str, Any]) -> str:
        typed = cleaned.get("hs_code", "")
        if not typed:
            return ""
        try:
            code = read_hs(typed)
        except Refused as refused:
            self.add_error("hs_code", refused.sentence)
            return ""
        if title := hs_codes.title(code):
            self._ask("hs", typed, code, f"{printed_hs(code)} · {title}")
        return code

    def _ask(self, name: str, typed: str, read: str, shown: str) -> None:
        """Shows what was read, and takes it when the same comes again."""
        if self.data.get(f"{name}_read") != read:
            self.read_back.append((typed, shown))
        self.carry(f"{name}_read", read)

    def carry(self, name: str, value: str) -> None:
        """Sends a hidden value along with the form when it is shown again."""
        data = cast(QueryDict, self.data).copy()
        data[name] = value
        self.data = data

    def _terms(self, cleaned: dict[str, Any], amount: Amount | None) -> Terms:
        said = Terms(
            **{name: cleaned[name] for name in ("kind", "goods", "hs_code", "quantity", "months", "terms")},
            **{name: cleaned[name] for name in ("next_step", "next_step_on", "next_step_by", "note")},
            amount_minor=amount.minor if amount else None,
            currency=amount.currency if amount else "",
        )
        for field, refused in said.problems():
            self.add_error(field, refused.sentence)
        return said

    @property
    def asks(self) -> bool:
        """Nothing is wrong, but something has to be looked at before it is kept."""
        return bool(self.read_back) and not self.errors


def money(amount: Amount) -> str:
    return format_money(amount.minor, amount.currency)


def initial(said: Terms | None, base: int | None) -> dict[str, Any]:
    """What the form shows at first: the terms it starts from, as they would be typed."""
    if said is None:
        return {"base": base, "currency": CURRENCIES[0]}
    figure = "" if said.amount_minor is None else f"{major_units(said.amount_minor, said.currency):,f}"
    return {
        **said.as_fields(),
        "amount": figure.removesuffix(".00"),
        "currency": said.currency or CURRENCIES[0],
        "hs_read": said.hs_code,
        "base": base,
    }
