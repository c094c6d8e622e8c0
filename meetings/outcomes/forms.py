"""The form of an outcome. What can be misread is shown back as read, what is hardly meant is asked, and both are stored
when sent again.

An amount is shown beside its field while it is typed, too: what was shown there before the form is sent is stored at
once. Which of several readings is meant, the person says.
"""

import json
import re
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from booths import hs_codes
from booths.models import Demand
from fairplatform.accounts.models import Viewer
from fairplatform.errors import Refused
from fairplatform.i18n.numbers import USUAL_CURRENCY, currencies_of, major_units
from fairplatform.i18n.templatetags.language import hs as printed_hs
from fairplatform.i18n.text import current_language
from fairplatform.money.amounts import Band
from fairplatform.money.reading import LONGEST, read_band
from fairplatform.money.wording import band_in_full
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.models.outcome import OutcomeVersion

from .content import Content, read_hs
from .doubts import doubts

DEMAND_SHOWN = 80  # characters
OWN_WORDS = {"dir": "auto"}
FIGURES = {"dir": "auto", "autocomplete": "off"}
_PLAIN = re.compile(r"(?:0|[1-9][0-9,]*)(?:\.[0-9]+)?")  # cannot be misread if it has one reading


class OutcomeForm(forms.Form):
    """The content of an outcome.

    `base`: the key of the newest version when the page was rendered; `amount_read`, `hs_read`: values that were shown
    back to the person, who has confirmed them by sending the form again; `asked`: a digest of what they were asked.
    """

    kind = forms.ChoiceField(
        label=_("Type"),
        choices=[("", _("Choose the outcome")), *OutcomeVersion.Kind.choices],
        error_messages={"required": _("Choose the outcome of the meeting.")},
    )
    amount = forms.CharField(
        label=_("Amount"),
        required=False,
        max_length=LONGEST,
        help_text=_("For example 12,500, 12万 or 25 lakh; for an intended deal also a range: 100,000–200,000."),
        widget=forms.TextInput(FIGURES),
    )
    currency = forms.ChoiceField(label=_("Currency"))
    hides_amount = forms.BooleanField(
        label=_("Hide the amount from everyone but the other company"),
        required=False,
        help_text=_(
            "The organisers see that it is hidden. Totals of the fair include it only together with other hidden "
            "amounts, at least three at a time."
        ),
    )
    months = forms.IntegerField(
        label=_("Expected within (months)"),
        required=False,
        widget=forms.TextInput({"dir": "ltr", "inputmode": "numeric"}),
    )
    demand = forms.TypedChoiceField(
        label=_("Demand that the deal answers"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Of intended deals that answer one demand, totals of the fair count the largest alone."),
    )
    goods = forms.CharField(label=_("Goods"), required=False, max_length=200, widget=forms.TextInput(OWN_WORDS))
    hs_code = forms.CharField(
        label=_("HS code"),
        required=False,
        max_length=20,
        help_text=_("6 digits, or the 8 or 10 digits of a national customs code."),
        widget=forms.TextInput({"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
    )
    quantity = forms.CharField(label=_("Quantity"), required=False, max_length=60, widget=forms.TextInput(OWN_WORDS))
    terms = forms.CharField(
        label=_("Terms"),
        required=False,
        max_length=200,
        help_text=_("Incoterm, port and payment, for example FOB Ningbo, 30% T/T deposit."),
        widget=forms.TextInput(OWN_WORDS),
    )
    next_step = forms.ChoiceField(label=_("Next step"), required=False, choices=OutcomeVersion.Step.choices)
    next_step_on = forms.DateField(
        label=_("Due date"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    next_step_by = forms.ChoiceField(label=_("Responsible company"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea({**OWN_WORDS, "rows": 2})
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    amount_read = forms.CharField(required=False, widget=forms.HiddenInput)
    hs_read = forms.CharField(required=False, widget=forms.HiddenInput)
    asked = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, person: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        companies = [(side.value, str(meeting.company_of(side))) for side in Side]
        self.fields["next_step_by"].choices = [("", "–"), *companies]  # type: ignore[attr-defined]
        # Of what is corrected: the fair's countries may have been changed since.
        stored = [self.initial.get("currency")]
        codes = currencies_of(meeting.fair.host_country, meeting.fair.station_country, stored=stored)
        self.fields["currency"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]
        self.currencies = codes
        self._offer_demands(meeting, person)
        # Values to show back for review: (as typed, as read, HS code if it is one).
        self.read_back: list[tuple[str, str, str]] = []
        self.meeting = meeting
        # What is hardly meant, in sentences that the person has not been asked yet.
        self.doubts: list[str] = []
        self.amount_in_full = ""
        # The readings of a doubtful amount: (value of amount_read, in full).
        self.amount_choices: list[tuple[str, str]] = []

    def _offer_demands(self, meeting: Meeting, person: Viewer) -> None:
        """The buyer's demands that the person may see, and those that the outcome names already."""
        visible = Q(state__in=Demand.SHOWN, pk__in=Demand.objects.visible_to(person).values("pk"))
        named = Q(pk__in=OutcomeVersion.objects.filter(outcome__meeting=meeting).values("demand"))
        rows = Demand.objects.filter(visible | named, participation=meeting.buyer_id).order_by("pk")
        shown = [(one.pk, Truncator(str(one.text)).chars(DEMAND_SHOWN)) for one in rows]
        if shown:
            self.fields["demand"].choices = [("", "–"), *shown]  # type: ignore[attr-defined]
        else:
            del self.fields["demand"]

    @property
    def kinds_with_amount(self) -> str:
        """JSON for the page's script, which hides the field for other kinds; "" is that none is chosen yet."""
        return json.dumps(["", *OutcomeVersion.MAY_HAVE_AMOUNT])

    @property
    def kinds_with_months(self) -> str:
        """JSON as above."""
        return json.dumps(OutcomeVersion.NEED_MONTHS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        amount = self._amount(cleaned)
        cleaned["hs_code"] = self._hs(cleaned)
        if "kind" in cleaned and not self.errors:
            cleaned["content"] = self._content(cleaned, amount)
        if "content" in cleaned and not self.errors:
            self._ask(cleaned["content"])
        return cleaned

    def _ask(self, content: Content) -> None:
        """Asks back what is hardly meant, unless the form says that just this was asked already."""
        found = list(doubts(content, self.meeting))
        digest = sha256("\n".join(found).encode()).hexdigest()
        if found and self.data.get("asked") != digest:
            self.doubts = found
        self.carry("asked", digest if found else "")

    def _amount(self, cleaned: dict[str, Any]) -> Band | None:
        typed = cleaned.get("amount", "")
        if not typed:
            return None
        try:
            reading = read_band(typed, currency=cleaned.get("currency", USUAL_CURRENCY), among=self.currencies)
        except Refused as refused:
            self.add_error("amount", refused.sentence)
            return None
        if not isinstance(reading, Band):
            return self._chosen(reading.readings)
        self.amount_in_full = band_in_full(reading, current_language())
        if _PLAIN.fullmatch(typed.strip()):
            self.carry("amount_read", _key(reading))
        else:
            self._show_back("amount", typed, _key(reading), self.amount_in_full)
        return reading

    def _chosen(self, readings: tuple[Band, ...]) -> Band | None:
        """The reading of a doubtful amount that the person has chosen."""
        language = current_language()
        self.amount_choices = [(_key(one), band_in_full(one, language)) for one in readings]
        chosen = next((one for one in readings if _key(one) == self.data.get("amount_read")), None)
        if chosen is None:
            self.add_error("amount", _("This amount can be read in several ways. Choose the one you mean."))
        return chosen

    def _hs(self, cleaned: dict[str, Any]) -> str:
        typed = cleaned.get("hs_code", "")
        if not typed:
            return ""
        try:
            code = read_hs(typed)
        except Refused as refused:
            self.add_error("hs_code", refused.sentence)
            return ""
        if hs_codes.exists(code):
            self._show_back("hs", typed, code, printed_hs(code), code)
        return code

    def _show_back(self, name: str, typed: str, read: str, shown: str, hs_code: str = "") -> None:
        """Shows back what was read, unless the form says that this was done already."""
        if self.data.get(f"{name}_read") != read:
            self.read_back.append((typed, shown, hs_code))
        self.carry(f"{name}_read", read)

    def carry(self, name: str, value: str) -> None:
        """Sets a hidden value of the form for when it is rendered again."""
        data = cast(QueryDict, self.data).copy()
        data[name] = value
        self.data = data

    def _content(self, cleaned: dict[str, Any], amount: Band | None) -> Content:
        content = Content(
            **{name: cleaned[name] for name in ("kind", "goods", "hs_code", "quantity", "months", "terms")},
            **{name: cleaned[name] for name in ("next_step", "next_step_on", "next_step_by", "note")},
            demand_id=cleaned.get("demand"),
            amount_minor=amount.low.minor if amount else None,
            highest_minor=amount.high.minor if amount and amount.high != amount.low else None,
            currency=amount.low.currency if amount else "",
        )
        for field, refused in content.problems():
            self.add_error(field, refused.sentence)
        return content

    @property
    def needs_review(self) -> bool:
        """Whether the form is valid, but a value has to be shown back or asked before it is stored."""
        return bool(self.read_back or self.doubts) and not self.errors


def _key(band: Band) -> str:
    """A reading as the form carries it."""
    return f"{band.low.minor}-{band.high.minor} {band.low.currency}"


def initial(content: Content | None, base: int | None) -> dict[str, Any]:
    """Initial values of the form: the content it starts from, as a person would type it."""
    if content is None:
        return {"base": base, "currency": USUAL_CURRENCY}
    ends = [minor for minor in (content.amount_minor, content.highest_minor) if minor is not None]
    figures = [f"{major_units(minor, content.currency):,f}".removesuffix(".00") for minor in ends]
    read = f"{ends[0]}-{ends[-1]} {content.currency}" if ends else ""
    return {
        **content.as_fields(),
        "demand": content.demand_id,
        "amount": "–".join(figures),
        "amount_read": read,
        "currency": content.currency or USUAL_CURRENCY,
        "hs_read": content.hs_code,
        "base": base,
    }
