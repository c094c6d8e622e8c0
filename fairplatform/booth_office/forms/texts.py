"""The form of what a company says of itself at its booth."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.models import Booth
from booths.search_index import index_again
from fairplatform.accounts.models import Company
from fairplatform.i18n.forms import TranslatedWidget
from fairplatform.i18n.text import LANGUAGES, Translated
from fairplatform.office.companies.cities import city_names, key_and_names
from fairplatform.office.companies.company_form import LABELS as COMPANY_LABELS
from fairplatform.office.fields import InLanguagesField, ListOrWords, as_columns, kind_of
from fairplatform.workbook.stored.companies import COMPANY

from .drafted import DraftedForm

Sections = Iterator[tuple[str, list[BoundField]]]
LABELS: dict[str, Promise] = {
    **{name: COMPANY_LABELS[name] for name in ("tagline", "story", "address", "founded", "employees")},
    "name": gettext_lazy("Name of the company"),
}


class BoothForm(DraftedForm[Company]):
    """The company's texts. A name that the organisers have approved stays; one in a missing language can be added."""

    needed = ("name",)
    kind = ListOrWords(kind_of("companies", "kind"), label=gettext_lazy("Company type"))
    city_names = InLanguagesField(kind_of("companies", "city_en"), label=gettext_lazy("City"))

    class Meta:
        model = Company
        formfield_callback = as_columns("companies", COMPANY)
        fields = ("name", "tagline", "story", "address", "kind", "founded", "employees")
        labels = LABELS
        help_texts: ClassVar[dict[str, str | Promise]] = {
            **dict.fromkeys(LABELS, ""),
            "name": gettext_lazy(
                "The organisers have approved this name, so only they can change it. Add it in the languages it "
                "is missing in."
            ),
        }

    is_public = True

    def __init__(self, *args: Any, booth: Booth, instance: Company, **kwargs: Any) -> None:
        self.booth = booth
        super().__init__(*args, instance=instance, initial={"city_names": city_names(instance)}, **kwargs)

    def prepare(self) -> None:
        self.fields["story"].widget = TranslatedWidget(lines=4)
        self.approved = Translated(self.instance.name)
        for language, widget in zip(LANGUAGES, self.fields["name"].widget.widgets, strict=True):
            if self.approved.get(language):
                widget.attrs["readonly"] = True
        super().prepare()

    def own_country(self) -> str:
        return self.instance.country

    def sections(self) -> Sections:
        yield _("Texts"), [self[name] for name in ("name", "tagline", "story")]
        yield _("Place"), [self[name] for name in ("address", "city_names")]
        yield _("Facts"), [self[name] for name in ("kind", "founded", "employees")]

    def address(self, route: str) -> str:
        return reverse(route, args=[self.booth.fair.slug])

    def clean_name(self) -> Translated:
        return Translated({**self.cleaned_data["name"], **self.approved})

    def state(self) -> Company:
        """The company with what could be read of the form, without storing it."""
        if cities := self.cleaned_data.get("city_names"):
            self.instance.city, self.instance.city_name = key_and_names(cities)
        return self.instance

    def save(self, commit: bool = True) -> Company:
        self.state()
        return super().save(commit)

    def publish(self, *, show: bool) -> None:
        """Stores them; a booth is shown from its first day, and found by them."""
        self.save()
        index_again([self.instance.pk])

    @staticmethod
    def texts(company: Company) -> list[Translated]:
        """What is in up to three languages."""
        own = [company.name, company.tagline, company.story, company.address]
        return [*own, city_names(company)]
