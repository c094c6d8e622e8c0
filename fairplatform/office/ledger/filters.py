"""The filters above the list of the ledger's entries. A total leads to the list that is narrowed to its rows."""

from typing import ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booths.forms import Filter
from fairplatform.fairs.models import Fair
from fairplatform.ledger.kinds import Kind
from fairplatform.ledger.models import Entry

WITHOUT_AMOUNT = "none"


class LedgerFilter(Filter):
    STATES: ClassVar[list[tuple[str, Promise]]] = [
        ("", _("In force")),
        ("corrected", _("Corrected since")),
        ("withdrawn", _("Withdrawn")),
        ("all", _("All entries, in their order")),
    ]
    SORTS: ClassVar[list[tuple[str, Promise]]] = [
        ("", _("Newest entry first")),
        ("signed", _("Latest date first")),
        ("amount", _("Largest amount first")),
    ]

    q = forms.CharField(required=False, max_length=100, label=_("Party, subject, source or key"))
    kind = forms.ChoiceField(required=False, label=_("Type"))
    provenance = forms.ChoiceField(required=False, label=_("How it is known"))
    currency = forms.ChoiceField(required=False, label=_("Currency"))
    state = forms.ChoiceField(required=False, label=_("Which entries"), choices=STATES)
    sort = forms.ChoiceField(required=False, label=_("Sort by"), choices=SORTS)

    def __init__(self, values: MultiValueDict[str, str], fair: Fair) -> None:
        own = fair.ledger_entries.order_by()
        kinds = set(own.values_list("kind", flat=True))
        currencies = sorted(set(own.exclude(amount_minor=None).values_list("currency", flat=True)))
        super().__init__(
            values,
            kind=[(kind.value, kind.label) for kind in Kind if kind in kinds],
            provenance=Entry.Provenance.choices,
            currency=[*((code, code) for code in currencies), (WITHOUT_AMOUNT, _("Without an amount"))],
        )
