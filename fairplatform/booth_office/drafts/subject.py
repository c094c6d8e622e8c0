"""What a draft is of: the texts of a booth, one of its products, or a person's new product."""

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeAlias

from django.http import QueryDict

from booths import hs_candidates
from booths.models import Booth, Draft, Product
from fairplatform.accounts.models import Company, User
from fairplatform.realtime import topic_names

from ..forms.product import ProductForm
from ..forms.texts import BoothForm
from ..own_products import own_product

BoothOfficeForm: TypeAlias = ProductForm | BoothForm


class New(Enum):
    """A product that is not stored yet."""

    NEW = "new"


NEW: Final = New.NEW
Which: TypeAlias = int | New | None
"""A product by its key, a new one, or None for the texts of the booth."""


@dataclass(frozen=True)
class Subject:
    """`product` is None for the texts of the booth, and not stored yet for a new one, which belongs to `person`."""

    booth: Booth
    person: User
    product: Product | None = None

    @classmethod
    def of(cls, booth: Booth, person: User, which: Which) -> "Subject":
        """Raises Refused("not_found") for a product of another company."""
        if which is NEW:
            return cls(booth, person, Product(company=booth.participation.company))
        return cls(booth, person, None if which is None else own_product(booth, which))

    @property
    def which(self) -> Which:
        return None if self.product is None else self.product.pk or NEW

    @property
    def lookup(self) -> dict[str, Any]:
        """By which its draft is found, or made."""
        is_new = self.product is not None and self.product.pk is None
        return {
            "company_id": self.booth.participation.company_id,
            "product": None if is_new else self.product,
            "new_by": self.person if is_new else None,
        }

    @property
    def topic(self) -> str:
        """Of the colleagues who have its page open; empty for a new product, which is one person's."""
        if self.product is None:
            return topic_names.office(self.booth.pk)
        return topic_names.office(self.booth.pk, self.product.pk) if self.product.pk else ""

    @property
    def draft(self) -> Draft | None:
        return Draft.objects.filter(**self.lookup).first()

    def form(self, data: QueryDict | None = None) -> BoothOfficeForm:
        """Over what is stored now: the company is read again, which the form of the texts changes."""
        own: dict[str, Any] = {"draft": self.draft, "person": self.person, "booth": self.booth}
        if self.product is not None:
            return ProductForm(data, **own, instance=self.product)
        company = Company.objects.get(pk=self.booth.participation.company_id)
        return BoothForm(data, **own, instance=company)

    def preview(self) -> Product | Company:
        """What visitors would see if it was published now: of what cannot be read yet, what is published."""
        inputs = self.form().inputs()
        data = QueryDict(mutable=True)
        data.update({**inputs, "hs-shown": hs_candidates.read(inputs.get("hs", "")).code})
        form = self.form(data)
        form.is_valid()
        return form.state()
