"""The form of a company itself: what it is in every fair."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.accounts.models import Company, CompanyIdentifier
from fairplatform.fairs.models import Fair
from fairplatform.i18n.forms import TranslatedWidget
from fairplatform.i18n.text import isolated
from fairplatform.workbook.stored.companies import COMPANY

from ..fields import InLanguagesField, KindField, ListOrWords, as_columns, country_choices, kind_of
from ..forms import OfficeForm
from .cities import city_names, key_and_names
from .doubles import registered_as

Sections = Iterator[tuple[str, list[BoundField]]]
IDENTIFIERS = CompanyIdentifier.Scheme
LABELS: dict[str, Promise] = {
    "name": gettext_lazy("Name"),
    "tagline": gettext_lazy("Short description"),
    "story": gettext_lazy("About the company"),
    "address": gettext_lazy("Address"),
    "legal_name": gettext_lazy("Registered name, where it differs"),
    "prefecture": gettext_lazy("Prefecture or district"),
    "county": gettext_lazy("County or tehsil"),
    "founded": gettext_lazy("Year of foundation"),
    "employees": gettext_lazy("Employees"),
    "is_new_to_partner_country": gettext_lazy("New to the partner country"),
}


def _identifier(scheme: CompanyIdentifier.Scheme) -> KindField:
    return KindField(kind_of("companies", scheme.value), label=scheme.label, required=False)


class CompanyForm(OfficeForm[Company]):
    """The company itself, with its city by name and its identifiers."""

    needed = ("name",)
    prefix = "company"
    kind = ListOrWords(kind_of("companies", "kind"), label=gettext_lazy("Company type"))
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    city_names = InLanguagesField(kind_of("companies", "city_en"), label=gettext_lazy("City"))
    registration = _identifier(IDENTIFIERS.REGISTRATION)
    tax_number = _identifier(IDENTIFIERS.TAX)
    sales_tax_number = _identifier(IDENTIFIERS.SALES_TAX)
    customs_number = _identifier(IDENTIFIERS.CUSTOMS)
    chamber_number = _identifier(IDENTIFIERS.CHAMBER)

    class Meta:
        model = Company
        formfield_callback = as_columns("companies", COMPANY)
        fields = (
            "name", "tagline", "story", "legal_name", "kind", "country", "prefecture", "county", "address",
            "founded", "employees", "is_new_to_partner_country",
        )  # fmt: skip
        labels = LABELS
        help_texts: ClassVar[dict[str, str]] = dict.fromkeys(LABELS, "")

    def __init__(self, *args: Any, fair: Fair, instance: Company, **kwargs: Any) -> None:
        self.identifiers = (
            dict(instance.identifiers.order_by("pk").values_list("scheme", "value")) if instance.pk else {}
        )
        initial = {"city_names": city_names(instance), **self.identifiers, "country": instance.country or None}
        self._fair = fair
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        countries = country_choices(fair, chosen=instance.country or fair.host_country)
        self.fields["country"].choices = countries  # type: ignore[attr-defined]
        self.fields["story"].widget = TranslatedWidget(lines=4)

    def sections(self) -> Sections:
        yield _("Name and description"), [self[name] for name in ("name", "tagline", "story")]
        place = ("country", "city_names", "prefecture", "county", "address")
        yield _("Place"), [self[name] for name in place]
        facts = ("legal_name", "kind", "founded", "employees", "is_new_to_partner_country")
        yield _("Registration"), [self[name] for name in (*facts, *IDENTIFIERS.values)]

    def clean_registration(self) -> str:
        """A number that another company of the fair has, but for a double that has had it before."""
        value = str(self.cleaned_data["registration"])
        if value and value != self.identifiers.get("registration"):
            other = registered_as(self._fair, value, but=self.instance.pk)
            if other:
                sentence = _("%(name)s already has this number at this fair. Open it instead, or correct the number.")
                raise forms.ValidationError(sentence, params={"name": isolated(other.name)})
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.has_error("tax_number", "identity_card"):
            # It is not shown again either.
            shown = QueryDict(mutable=True)
            shown.update(self.data)
            shown[self.add_prefix("tax_number")] = ""
            self.data = shown
        return cleaned

    def save(self, commit: bool = True) -> Company:
        company = self.instance
        company.city, company.city_name = key_and_names(self.cleaned_data["city_names"])
        super().save(commit)
        for scheme in IDENTIFIERS.values:
            value = self.cleaned_data[scheme]
            if not value:
                company.identifiers.filter(scheme=scheme).delete()
            elif value != self.identifiers.get(scheme):
                company.identifiers.update_or_create(scheme=scheme, defaults={"value": value})
        return company
