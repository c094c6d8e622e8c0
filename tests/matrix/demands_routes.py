"""The routes of demands and their quotes."""

from collections.abc import Mapping
from typing import Any

from tests.factories import three
from tests.matrix.route_rows import READ, Act, Done, Route, fair_slug, of_fair, post
from tests.matrix.world import World

TEXTS = {f"text_{code}": text for code, text in three("Wrenches").items()}
WANTED = {"kind": "goods", **TEXTS, "hs_code": "8204.11", "hs_code-shown": "820411"}
QUOTED = {"words": "Pliers", "unit": "pcs", "figure": "1.20", "currency": "USD"}
QUOTE = ("booths.Quote", "booths.QuoteVersion")
# Nothing has been quoted, so nothing is withdrawn, which is said on the page of the quote.
NOTHING = post("demands:quote")
CONFIRMED = READ | {
    "POST confirming": Act(Done("demands:demand", ("booths.Demand",)), fields=lambda world: WANTED),
    "POST rejecting": Act(Done("demands:own", ("booths.Demand",)), fields=lambda world: {"answer": "reject"}),
}


def _taken(world: World) -> dict[str, Any]:
    """Of several buyers the one that it is for."""
    return {**WANTED, "participation": world.things["taken"].participation_id}


DEMANDS: Mapping[str, Route] = {
    "demands:own": Route("fair", fair_slug, READ),
    "demands:add": Route("fair", fair_slug, READ | post("demands:demand", "booths.Demand", fields=WANTED)),
    "demands:wanted": Route("office", fair_slug, READ),
    "demands:taken": Route("fair", fair_slug, READ),
    "demands:take": Route(
        "fair", fair_slug, READ | {"POST": Act(Done("demands:pictures", ("booths.Demand",)), fields=_taken)}
    ),
    "demands:gaps": Route("fair", fair_slug, READ),
    "demands:gaps_xlsx": Route("fair", fair_slug, {"GET": Act(Done(200, ("accounts.AuditEntry",)))}),
    "demands:gaps_csv": Route("fair", fair_slug, {"GET": Act(Done(200, ("accounts.AuditEntry",)))}),
    "demands:demand": Route("demand", of_fair("demand"), READ),
    "demands:change": Route("demand", of_fair("demand"), READ | post("demands:demand", "booths.Demand", fields=WANTED)),
    "demands:close": Route("demand", of_fair("demand"), post("demands:demand", "booths.Demand")),
    "demands:reopen": Route("demand", of_fair("demand"), post("demands:demand")),
    "demands:confirm": Route("taken", of_fair("taken"), CONFIRMED),
    "demands:discard": Route("taken", of_fair("taken"), post("demands:taken", "booths.Demand")),
    "demands:answers": Route("demand", of_fair("demand"), READ),
    "demands:quote": Route("demand", of_fair("demand"), READ | post("demands:quote", *QUOTE, fields=QUOTED)),
    "demands:withdraw": Route("demand", of_fair("demand"), NOTHING),
}
