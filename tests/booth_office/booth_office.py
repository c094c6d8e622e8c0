"""Somebody of an exhibitor at the pages of the booth office."""

from typing import Any

from django.test import Client
from django.urls import reverse

from booths.models import Product
from fairplatform.fairs.models import Participation
from fairplatform.i18n.text import LANGUAGES
from tests.factories import make_staff

NEW: dict[str, Any] = {
    "article": "PL-8",
    "name_en": "Combination pliers",
    "name_zh-hans": "钢丝钳",
    "name_ur": "",
    "hs": "8203.20.00",
    "hs-shown": "820320",
    "moq": "3,000",
    "moq_unit": "pcs",
    "pieces_per_carton": "120",
    "price_low": "1.15",
    "price_high": "2.40",
    "currency": "USD",
    "incoterm": "FOB",
    "place": "Ningbo",
    "lead_days": "30",
    "certificates": "CE\nGS",
}
"""What a browser sends for the form of a new product."""


class BoothOffice:
    """A browser of one of the exhibitor's people, a manager unless it is said otherwise."""

    def __init__(self, exhibitor: Participation, **fields: Any) -> None:
        self.fair, self.company, self.client = exhibitor.fair, exhibitor.company, Client()
        self.booth = exhibitor.booth
        self.person = make_staff(exhibitor, **fields)
        self.client.force_login(self.person)

    def address(self, route: str, *arguments: Any) -> str:
        return reverse(f"booth_office:{route}", args=[self.fair.slug, *arguments])

    def get(self, route: str, *arguments: Any, **query: Any) -> Any:
        return self.client.get(self.address(route, *arguments), query)

    def post(self, route: str, *arguments: Any, **fields: Any) -> Any:
        return self.client.post(self.address(route, *arguments), fields)

    def add(self, **changes: Any) -> Any:
        return self.post("product_add", **(NEW | changes))

    def shown(self) -> list[Product]:
        """The products at the booth, in their order."""
        return [display.product for display in self.booth.displays.order_by("rank", "pk")]


def errors(response: Any) -> dict[str, list[str]]:
    """What a refused form says, by field."""
    assert response.status_code == 409
    found: dict[str, list[str]] = response.context["form"].errors
    return {field: list(sentences) for field, sentences in found.items()}


def sent(page: Any, **changes: Any) -> dict[str, Any]:
    """What a browser sends for the form of this page, with some inputs changed."""
    form, values = page.context["form"], {}
    for field in form:
        value = field.value()
        if field.widget_type == "translated":
            texts = value if isinstance(value, list) else field.field.widget.decompress(value)
            values |= {f"{field.html_name}_{code}": text for code, text in zip(LANGUAGES, texts, strict=True)}
        elif field.widget_type == "hspicker":
            values |= {field.html_name: value or "", f"{field.html_name}-shown": (value or "").replace(".", "")[:6]}
        else:
            values[field.html_name] = "" if value is None else value
    return values | changes


def shown(page: Any) -> dict[str, Any]:
    """What a browser sends for the form of this page as it came."""
    return sent(page)


def typing(office: BoothOffice, product: Product, name: str, text: str, seen: str) -> Any:
    """What the page sends after each pause of whoever types."""
    return office.post("product_typed", product.pk, name=name, text=text, seen=seen)


def publish(office: BoothOffice, product: Product, page: Any, **changes: Any) -> Any:
    return office.client.post(office.address("product", product.pk), sent(page, **changes))
