"""What the search page and its suggestions read of an address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import searching

MAX_LENGTH = 100
# By the value of `kind` in an address.
KINDS = {"all": searching.ALL, "booths": "booth", "products": "product", "demands": "demand"}


class SearchForm(forms.Form):
    """`q` alone can be refused: it is too long. An unknown `kind` is all of them, as a page that is not is another."""

    use_required_attribute = False

    q = forms.CharField(required=False, max_length=MAX_LENGTH, label=_("Product, company, HS or PCT code"))
    kind = forms.CharField(required=False)
    page = forms.CharField(required=False)

    def clean_kind(self) -> str:
        """The name in the address; that of all kinds where it is none."""
        kind: str = self.cleaned_data["kind"]
        return kind if kind in KINDS else next(iter(KINDS))
