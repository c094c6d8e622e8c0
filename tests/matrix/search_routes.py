"""The routes of the search."""

from tests.matrix.route_rows import READ, Route, fair_slug

SEARCH = {
    "booths:search": Route("fair", fair_slug, READ),
    "booths:suggestions": Route("fair", fair_slug, READ),
}
