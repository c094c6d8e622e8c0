"""The pictures and documents that companies show: logos, a picture of each product, and three complete booths."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

from ..additions import Showcase, additions
from ..content.text import Text
from ..drawings import scenes
from ..drawings.documents import Line, catalogue, price_list
from ..drawings.logos import logo
from ..drawings.pictures import variant
from ..drawings.tones import toned
from .entities import DemoCompany, DemoProduct
from .source import source

T = TypeVar("T")
Place = Literal["logo", "banner", "gallery", "document"]
SCENES: dict[str, Callable[[str], str]] = {
    "factory_hall": scenes.factory_hall,
    "packing": scenes.packing,
    "test_bench": scenes.test_bench,
}
DOCUMENTS: dict[str, tuple[str, Callable[[Text, list[Line]], bytes]]] = {
    "catalogue": ("catalogue.pdf", catalogue),
    "price_list": ("price-list.xlsx", price_list),
}


@dataclass(frozen=True)
class DemoAttachment:
    """A file in its place at a company or one of its products; `content` makes it."""

    key: str
    company: str
    place: Place
    name: str
    content: Callable[[], bytes]
    title: Text
    product: str | None = None
    rank: int = 0

    @property
    def is_drawing(self) -> bool:
        return self.name.endswith(".svg")


def attachments() -> tuple[DemoAttachment, ...]:
    return (
        *_logos(),
        *_product_pictures(),
        *(one for showcase in additions().showcases for one in _complete(showcase)),
    )


def _logos() -> Iterator[DemoAttachment]:
    for firm in source().companies:
        yield DemoAttachment(f"{firm.key}/logo", firm.key, "logo", "logo.svg", partial(_logo, firm), {})


def _product_pictures() -> Iterator[DemoAttachment]:
    """Of one kind of goods, each in another tone than the one before, or the other way round."""
    new = {firm.key for firm in source().companies if firm.new_to_market}
    seen: Counter[str] = Counter()
    for product in source().products:
        # Who is new to the market is not done yet: what they have not translated, they have not photographed either.
        if product.company in new and not product.is_complete:
            continue
        drawing = partial(_picture, product, seen[product.hs6])
        seen[product.hs6] += 1
        yield DemoAttachment(
            f"{product.key}/picture", product.company, "gallery", f"{product.hs6}.svg", drawing, {}, product.key
        )


def _complete(showcase: Showcase) -> Iterator[DemoAttachment]:
    company, tone = showcase.company, showcase.tone
    banner = partial(_scene, scenes.banner, showcase.banner, tone)
    yield DemoAttachment(f"{company}/banner", company, "banner", "banner.svg", banner, {})
    for rank, (name, draw) in enumerate(SCENES.items()):
        scene, title = partial(_scene, draw, showcase.makes, tone), additions().titles[name]
        yield DemoAttachment(f"{company}/{name}", company, "gallery", f"{name}.svg", scene, title, rank=rank)
    for rank, (name, (file, make)) in enumerate(DOCUMENTS.items()):
        document, title = partial(_document, make, company), additions().titles[name]
        yield DemoAttachment(f"{company}/{name}", company, "document", file, document, title, rank=rank)


def _logo(firm: DemoCompany) -> bytes:
    return logo(firm.name).encode()


def _picture(product: DemoProduct, number: int) -> bytes:
    return variant(product.hs6, number).encode()


def _scene(draw: Callable[[T], str], goods: T, tone: int) -> bytes:
    return toned(draw(goods), tone).encode()


def _document(make: Callable[[Text, list[Line]], bytes], key: str) -> bytes:
    company = next(firm for firm in source().companies if firm.key == key)
    lines = [
        Line(one.name, one.hs6, one.moq, one.unit, one.price_low, one.price_high, one.lead_days)
        for one in source().products
        if one.company == key
    ]
    return make(company.name, lines)
