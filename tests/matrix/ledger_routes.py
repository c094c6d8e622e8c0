"""The routes of the agreement ledger."""

from collections.abc import Mapping

from tests.matrix.route_rows import READ, Route, fair_slug, of_fair

LEDGER: Mapping[str, Route] = {
    "office:ledger": Route("fair", fair_slug, READ),
    "office:ledger_entry": Route("entry", of_fair("entry", "number"), READ),
}
