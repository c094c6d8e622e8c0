"""The forms of a figure that was reported elsewhere, and of a rate of exchange."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.i18n.text import isolated
from fairplatform.ledger.models import ExchangeRate, ReportedFigure
from fairplatform.money.rates import SCALE, Rate, is_far, rate_for
from fairplatform.workbook.stored.record import FIGURES, RATES

from ..asking import AskingForm
from ..fields import KindField, as_columns, kind_of
from ..setup.forms import M, SetupForm
from .amounts import AS_WRITTEN, MEANT, amount_field, currency_choices, is_plain, shown_back, take, typed, usual


class _Dated(SetupForm[M], AskingForm[M]):
    """Of what holds on a date, which is asked back if it is still to come."""

    def questions(self, cleaned: dict[str, Any]) -> list[str]:
        on = cleaned.get("date")
        is_future = on and on > self.fair.places[0].date(timezone.now())
        return [_("The date is in the future. If it is right, send it again.")] if is_future else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.read(cleaned)
        if not self.errors:
            self.ask(cleaned, self.questions(cleaned))
        return cleaned

    def read(self, cleaned: dict[str, Any]) -> None:
        """Reads what no field of the model reads."""

    def _names(self) -> list[str]:
        return [name for name in super()._names() if not name.endswith(MEANT)]


class FigureForm(_Dated[ReportedFigure]):
    figures = ("amount", "currency", "date")
    amount = amount_field(
        label=gettext_lazy("Amount"), help_text=gettext_lazy("As people write it, such as 12,500, 250万 or 2.5亿.")
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    field_order = ("label", "qualifier", "amount", "currency", "source", "date")

    class Meta:
        model = ReportedFigure
        formfield_callback = as_columns("reported", FIGURES.fields)
        fields = ("label", "qualifier", "currency", "source", "date")
        labels: ClassVar = {
            "label": gettext_lazy("What was reported"),
            "qualifier": gettext_lazy("Qualifier"),
            "source": gettext_lazy("Source"),
            "date": gettext_lazy("Date of the report"),
        }
        help_texts: ClassVar = {"qualifier": gettext_lazy("Such as “about” or “more than”, as the source says it.")}

    def prepare(self) -> None:
        super().prepare()
        self.choose("currency", [("", AS_WRITTEN), *currency_choices(self.fair, self.instance.currency)])
        self.initial["amount"] = typed(self.instance.amount_minor, self.instance.currency)

    def values(self) -> dict[str, Any]:
        row = self.instance
        own = {name: getattr(row, name) for name in ("label", "qualifier", "currency", "source", "date")}
        return {**own, "amount": typed(row.amount_minor, row.currency)}

    def read(self, cleaned: dict[str, Any]) -> None:
        self._is_plain = is_plain(cleaned.get("amount"), cleaned.get("currency"))
        self._money = take(self, "amount", currency=cleaned.get("currency") or "", among=usual(self.fair))
        if self._money:
            self.instance.amount_minor, cleaned["currency"] = self._money

    def questions(self, cleaned: dict[str, Any]) -> list[str]:
        shown = [shown_back(self._money)] if self._money and not self._is_plain else []
        return [*shown, *super().questions(cleaned)]


class RateForm(_Dated[ExchangeRate]):
    figures = ("rate", "base", "quote", "date")
    once = (("date", "base", "quote"), gettext_lazy("This day already has a rate between these currencies."))
    base = forms.ChoiceField(label=gettext_lazy("One unit of"))
    quote = forms.ChoiceField(label=gettext_lazy("is worth so much of"))
    rate = KindField(kind_of("rates", "rate"), label=gettext_lazy("Rate"))
    field_order = ("date", "base", "rate", "quote", "source")

    class Meta:
        model = ExchangeRate
        formfield_callback = as_columns("rates", RATES.fields)
        fields = ("date", "base", "quote", "source")
        labels: ClassVar = {"date": gettext_lazy("Date"), "source": gettext_lazy("Source")}

    def prepare(self) -> None:
        super().prepare()
        for name in ("base", "quote"):
            own = getattr(self.instance, name)
            self.choose(name, [("", _("Not chosen")), *currency_choices(self.fair, own)])
        self.initial["rate"] = self.instance.rate.value if self.instance.pk else None

    def values(self) -> dict[str, Any]:
        row = self.instance
        return {"date": row.date, "base": row.base, "quote": row.quote, "rate": row.rate.value, "source": row.source}

    def read(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("base") and cleaned.get("base") == cleaned.get("quote"):
            self.add_error("quote", _("Choose two different currencies."))
        if rate := cleaned.get("rate"):
            self.instance.scaled = int(rate * SCALE)

    def questions(self, cleaned: dict[str, Any]) -> list[str]:
        """Also asks back a rate that is far from the one before: it may be meant the other way about."""
        others = ExchangeRate.objects.filter(fair=self.fair).exclude(pk=self.instance.pk)
        base, quote = cleaned["base"], cleaned["quote"]
        known = rate_for((one.rate for one in others), base, quote, date.max)
        typed = Rate(cleaned["date"], base, quote, self.instance.scaled, cleaned["source"])
        if known is None or not is_far(typed, known):
            return super().questions(cleaned)
        question = _(
            "Another rate of this fair, of %(date)s, is %(rate)s. Check which of the two currencies is worth so much "
            "of the other. If it is right, send it again."
        )
        shown = {"date": isolated(known.on.isoformat()), "rate": isolated(known)}
        return [question % shown, *super().questions(cleaned)]
