"""The routes of the booth office, and of the picker of HS codes that its forms have."""

from collections.abc import Mapping
from typing import Any

from tests.matrix.route_rows import READ, Act, Done, Route, fair_slug, names, no_arguments, of_fair, post

PRODUCT = {
    "article": "P-1", **names("Pliers"), "hs": "8203.20", "hs-shown": "820320", "moq": "3000", "moq_unit": "pcs",
    "price_low": "1.1", "price_high": "2.4", "currency": "USD", "incoterm": "FOB",
}  # fmt: skip
TEXTS = {**names("Company"), "tagline_en": "Pliers since 1989", "city_names_en": "Yongkang", "kind": "Manufacturer"}
PUBLISHED = ("booth_office:booth", "accounts.Company", "booths.Booth")
# Products are found by what their company is, too; the rival has none.
OF_TEXTS: dict[str, Any] = {"fields": TEXTS, "others": {"rival": Done(PUBLISHED[0], PUBLISHED[1:])}}
TYPED = {"name": "tagline_en", "text": "Pliers since 1989", "seen": ""}
NAMED = {"name": "article", "text": "P-1", "seen": ""}
# A rival keeps a booth too, but this product is not theirs.
NOT_THEIRS = {"rival": Done(404)}
READ_OWN = {"GET": Act(others=NOT_THEIRS)}

BOOTH_OFFICE: Mapping[str, Route] = {
    "hs_codes": Route(None, no_arguments, READ),
    "booth_office:booth": Route("own_booth", fair_slug, READ | post(*PUBLISHED, "booths.Product", **OF_TEXTS)),
    "booth_office:booth_preview": Route("own_booth", fair_slug, READ),
    "booth_office:product_add_preview": Route("own_booth", fair_slug, READ),
    "booth_office:product_preview": Route("own_booth", of_fair("product"), READ_OWN),
    "booth_office:booth_typed": Route("own_booth", fair_slug, post(204, "booths.Draft", fields=TYPED)),
    "booth_office:products": Route("own_booth", fair_slug, READ),
    "booth_office:product_add": Route(
        "own_booth", fair_slug, READ | post("booth_office:product", "booths.Product", fields=PRODUCT)
    ),
    "booth_office:product_add_typed": Route("own_booth", fair_slug, post(204, "booths.Draft", fields=NAMED)),
    "booth_office:product_typed": Route(
        "own_booth", of_fair("product"), post(204, "booths.Draft", fields=NAMED, others=NOT_THEIRS)
    ),
    "booth_office:product": Route(
        "own_booth",
        of_fair("product"),
        READ_OWN | post("booth_office:product", "booths.Product", fields=PRODUCT, others=NOT_THEIRS),
    ),
    "booth_office:product_copy": Route(
        "own_booth", of_fair("product"), post("booth_office:product", "booths.Product", others=NOT_THEIRS)
    ),
    "booth_office:product_show": Route(
        "own_booth", of_fair("product"), post("booth_office:products", "booths.Display", others=NOT_THEIRS)
    ),
    # It is the only one, so that nothing moves.
    "booth_office:product_move": Route(
        "own_booth", of_fair("product"), post("booth_office:products", fields={"to": "up"}, others=NOT_THEIRS)
    ),
    "booth_office:product_remove": Route(
        "own_booth",
        of_fair("product"),
        READ_OWN | post("booth_office:products", "booths.Display", "booths.Product", others=NOT_THEIRS),
    ),
}
