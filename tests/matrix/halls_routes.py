"""The routes of the directory: what people mark in the lists."""

from tests.matrix.route_rows import READ, Act, Done, Route, fair_slug, of_fair

MARKED = Done("booths:favourites", ("booths.Favourite",))
# The buyer has marked the booth already.
OF_BOOTH = READ | {
    "POST mark": Act(MARKED, {"buyer": Done("booths:favourites")}),
    "POST note": Act(MARKED, fields=lambda world: {"note": "Ask about the handles"}),
    "POST removal": Act(Done("booths:favourites"), {"buyer": MARKED}, lambda world: {"marked": "0"}),
}
OF_PRODUCT = READ | {"POST": Act(MARKED)}

HALLS: dict[str, Route] = {
    "booths:favourites": Route("fair", fair_slug, READ),
    "booths:favourite_keys": Route("fair", fair_slug, READ),
    "booths:favourite_booth": Route("fair", of_fair("booth"), OF_BOOTH),
    "booths:favourite_product": Route("fair", of_fair("product"), OF_PRODUCT),
}
