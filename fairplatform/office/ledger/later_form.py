"""What organisers add to an agreement that its parties have confirmed, and the form that withdraws an entry."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.fairs.models import Fair
from fairplatform.ledger.content import Content
from fairplatform.ledger.models import Entry

from .amounts import AS_WRITTEN, currency_choices, is_plain, shown_back, take, typed, usual
from .paper_fields import AskedOnce, evidence_field, realised_field, reason_field


class LaterForm(AskedOnce):
    """What was realised of an agreement, and what shows that. Its currency is the agreement's, if that has one."""

    realised = realised_field()
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    evidence = evidence_field()
    reason = reason_field(required=False)

    def __init__(self, data: QueryDict | None = None, *, fair: Fair, before: Content) -> None:
        self.fair, self.before = fair, before
        self.entry: Entry | None = None
        realised = typed(before.realised_minor, before.currency)
        super().__init__(data, initial={"realised": realised, "evidence": before.evidence})
        if before.amount_minor is not None:
            del self.fields["currency"]
        else:
            field = self.fields["currency"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", AS_WRITTEN), *currency_choices(fair, before.currency)]
            self.initial["currency"] = before.currency

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        yield _("What has come of it"), self.visible_fields()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = self.before.currency or cleaned.get("currency") or ""
        money = take(self, "realised", currency=chosen, among=usual(self.fair))
        if money and self.before.currency not in ("", money.currency):
            self.add_error("realised", _("Enter it in the currency of the amount."))
        if not self.errors:
            self.content = replace(
                self.before,
                realised_minor=money.minor if money else None,
                currency=self.before.currency or (money.currency if money else ""),
                evidence=cleaned["evidence"],
            )
            self.ask(iter([shown_back(money)] if money and not is_plain(cleaned["realised"], chosen) else []))
        return cleaned


class WithdrawalForm(forms.Form):
    """Why an entry does not hold."""

    use_required_attribute = False
    reason = reason_field(required=True)

    def __init__(self, data: QueryDict | None = None) -> None:
        self.entry: Entry | None = None
        super().__init__(data)
