"""The fields of a paper's form, in the order and with the words that its page has."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from fairplatform.ledger.models import EntryName
from fairplatform.workbook.kinds import Text

from ..fields import KindField, kind_of
from .amounts import MEANT, amount_field
from .names import NamesField

Part = EntryName.Part
NAMES = {
    "parties": Part.PARTY,
    "collaborating": Part.COLLABORATING,
    "witnesses": Part.WITNESS,
    "signatories": Part.SIGNATORY,
}
_LONGEST = Text(400)
SECTIONS = (
    (gettext_lazy("Document or report"), ("kind", "provenance", "source")),
    (gettext_lazy("Who"), tuple(NAMES)),
    (gettext_lazy("What was agreed"), ("subject", "sector", "amount", "currency", "quantity", "quantity_unit")),
    (
        gettext_lazy("Signing"),
        ("signed_on", "signed_at", "languages", "prevailing", "valid_until", "is_binding"),
    ),
    (gettext_lazy("What has come of it"), ("realised", "evidence")),
    (gettext_lazy("Correction"), ("reason",)),
)


def _column(name: str, label: Any, **kwargs: Any) -> KindField:
    return KindField(kind_of("ledger", name), label=label, required=False, **kwargs)


def realised_field() -> forms.CharField:
    return amount_field(
        label=gettext_lazy("Realised so far"),
        required=False,
        help_text=gettext_lazy("How much of the amount, in the same currency."),
    )


def evidence_field() -> KindField:
    return KindField(
        _LONGEST,
        label=gettext_lazy("Evidence"),
        required=False,
        help_text=gettext_lazy("What shows it: a customs declaration, a bank receipt."),
    )


def reason_field(*, required: bool) -> KindField:
    widget = forms.Textarea({"dir": "auto", "rows": 2})
    return KindField(_LONGEST, label=gettext_lazy("Reason"), required=required, widget=widget)


class AskedOnce(forms.Form):
    """A form that asks back what can be stored and is hardly meant: sent again, it is stored.

    `asked`: the questions that this person has been asked already, as a digest.
    """

    use_required_attribute = False
    asked = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def ask(self, questions: Iterator[str]) -> None:
        """Of a form without errors, shows the questions unless this person has been asked just these."""
        found = list(questions)
        digest = sha256("\n".join(found).encode()).hexdigest()
        if found and self.cleaned_data.get("asked") != digest:
            data = cast(QueryDict, self.data).copy()
            data["asked"] = digest
            self.data = data
            for question in found:
                self.add_error(None, question)


class PaperFields(AskedOnce):
    """All that an entry says, to be filled in."""

    kind = forms.ChoiceField(label=gettext_lazy("Type"))
    provenance = forms.ChoiceField(label=gettext_lazy("How it is known"))
    source = _column(
        "source", gettext_lazy("Source"), help_text=gettext_lazy("Where the document is kept, or who reported it when.")
    )
    parties = NamesField(
        "parties",
        label=gettext_lazy("Parties"),
        help_text=gettext_lazy(
            "Companies of the fair by name or key, others by name. A document names at least one, a report may name "
            "nobody."
        ),
    )
    collaborating = NamesField("collaborating", label=gettext_lazy("Collaborating bodies"))
    witnesses = NamesField("witnesses", label=gettext_lazy("Witnesses"))
    signatories = NamesField(
        label=gettext_lazy("Signatories"), help_text=gettext_lazy("Who signed, each with their position.")
    )
    subject = _column("subject", gettext_lazy("Subject"))
    sector = _column("sector", gettext_lazy("Sector"), help_text=gettext_lazy("An HS code, or in words."))
    amount = amount_field(
        label=gettext_lazy("Amount"),
        required=False,
        help_text=gettext_lazy("As people write it, such as 12,500, 250万 or 2.5亿."),
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    quantity = _column(
        "quantity", gettext_lazy("Quantity promised"), help_text=gettext_lazy("What is promised besides money.")
    )
    quantity_unit = _column("quantity_unit", gettext_lazy("Unit of the quantity"))
    signed_on = _column("signed_on", gettext_lazy("Signed on"))
    signed_at = _column("signed_at", gettext_lazy("Place of signing"))
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Language versions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    prevailing = forms.ChoiceField(label=gettext_lazy("Prevailing version"), required=False)
    valid_until = KindField(kind_of("ledger", "signed_on"), label=gettext_lazy("Valid until"), required=False)
    is_binding = forms.ChoiceField(label=gettext_lazy("Legal effect"), required=False)
    realised = realised_field()
    evidence = evidence_field()
    reason = reason_field(required=False)

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        for title, names in SECTIONS:
            asked = (one for name in names for one in (name, f"{name}{MEANT}") if one in self.fields)
            if shown := [self[name] for name in asked]:
                yield str(title), shown
