"""Narrows the list of a company's products."""

from django import forms
from django.utils.translation import gettext_lazy as _

from booths.forms import Filter
from fairplatform.i18n.forms import LANGUAGE_LABELS

STATES = [("", _("Any")), ("shown", _("Shown at the booth")), ("hidden", _("Not shown"))]


class ProductFilter(Filter):
    q = forms.CharField(required=False, max_length=100, label=_("Product, article number or HS code"))
    state = forms.ChoiceField(required=False, label=_("Status"), choices=STATES)
    missing = forms.ChoiceField(
        required=False, label=_("Missing texts"), choices=[("", _("Any")), *LANGUAGE_LABELS.items()]
    )
