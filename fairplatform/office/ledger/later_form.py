"""What organisers add to an agreement that its parties have confirmed, and the form that withdraws an entry."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.fairs.models import Fair
from fairplatform.i18n.numbers import major_units
from fairplatform.ledger.content import Content
from fairplatform.ledger.models import Entry
from fairplatform.money.amounts import Money
from fairplatform.workbook.plausible import of_paper

from .amounts import AS_WRITTEN, currency_choices, is_plain, shown_back, take, usual
from .signing import SIGNING, SigningForm, reason_field


class LaterForm(SigningForm):
    """How it was signed, and what was realised of it. Its currency is the agreement's, if that has one."""

    shown = (
        (gettext_lazy("Who"), ("collaborating", "witnesses", "signatories")),
        (gettext_lazy("Signing"), SIGNING),
        (gettext_lazy("What has come of it"), ("realised", "currency", "evidence")),
        (gettext_lazy("Correction"), ("reason",)),
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)

    def __init__(self, data: QueryDict | None = None, *, fair: Fair, today: date, before: Content) -> None:
        super().__init__(data, fair=fair, today=today, before=before)
        if before.amount_minor is not None:
            del self.fields["currency"]
        if before.is_binding is not None:
            del self.fields["is_binding"]

    def typed(self) -> dict[str, Any]:
        return {**super().typed(), "currency": self.stored.currency}

    def choices(self) -> dict[str, list[tuple[Any, Any]]]:
        return {
            **super().choices(),
            "currency": [("", AS_WRITTEN), *currency_choices(self.fair, self.stored.currency)],
        }

    def clean(self) -> dict[str, Any]:
        cleaned, before = super().clean() or {}, self.stored
        chosen = before.currency or cleaned.get("currency") or ""
        money = take(self, "realised", currency=chosen, among=usual(self.fair))
        if money and before.currency not in ("", money.currency):
            self.add_error("realised", _("Enter it in the currency of the amount."))
        named = self.read_names(cleaned)
        if not self.errors:
            self.keep(
                replace(
                    before,
                    **self.signing(cleaned),
                    names=(*before.parties, *(one for names in named.values() for one in names)),
                    realised_minor=money.minor if money else None,
                    currency=before.currency or (money.currency if money else ""),
                )
            )
        if not self.errors:
            is_asked = money and not is_plain(cleaned["realised"], chosen)
            days = self.fair.days.values_list("date", flat=True)
            shown = [shown_back(money)] if money and is_asked else []
            cells = {**cleaned, "agreed_on": before.agreed_on, **self._amounts(money)}
            self.ask(iter([*shown, *self.doubts(cleaned, of_paper(cells, days))]))
        return cleaned

    def _amounts(self, realised: Money | None) -> dict[str, object]:
        """The amount that the parties have confirmed and what was realised of it, as cells of the workbook."""
        minor, currency = self.stored.amount_minor, self.stored.currency
        amount = None if minor is None else major_units(minor, currency)
        return {"amount": amount, "realised": realised and major_units(*realised), "currency": currency}


class WithdrawalForm(forms.Form):
    """Why an entry does not hold."""

    use_required_attribute = False
    reason = reason_field(required=True)

    def __init__(self, data: QueryDict | None = None) -> None:
        self.entry: Entry | None = None
        super().__init__(data)
