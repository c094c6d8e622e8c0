"""The fields of a paper's form, in the order and with the words that its page has."""

from django import forms
from django.utils.translation import gettext_lazy

from .amounts import amount_field
from .names import NamesField
from .signing import NAMES, SIGNING, SigningForm, column_field

SECTIONS = (
    (gettext_lazy("Document or report"), ("kind", "provenance", "source")),
    (gettext_lazy("Who"), tuple(NAMES)),
    (gettext_lazy("What was agreed"), ("subject", "sector", "amount", "currency", "quantity", "quantity_unit")),
    (gettext_lazy("Signing"), SIGNING),
    (gettext_lazy("What has come of it"), ("realised", "evidence")),
    (gettext_lazy("Correction"), ("reason",)),
)


class PaperFields(SigningForm):
    """All that an entry says, to be filled in."""

    shown = SECTIONS

    kind = forms.ChoiceField(label=gettext_lazy("Type"))
    provenance = forms.ChoiceField(label=gettext_lazy("How it is known"))
    source = column_field(
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
    subject = column_field("subject", gettext_lazy("Subject"))
    sector = column_field("sector", gettext_lazy("Sector"), help_text=gettext_lazy("An HS code, or in words."))
    amount = amount_field(
        label=gettext_lazy("Amount"),
        required=False,
        help_text=gettext_lazy("As people write it, such as 12,500, 250万 or 2.5亿."),
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    quantity = column_field(
        "quantity", gettext_lazy("Quantity promised"), help_text=gettext_lazy("What is promised besides money.")
    )
    quantity_unit = column_field("quantity_unit", gettext_lazy("Unit of the quantity"))
