"""The routes of the agreement ledger."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files.made import PDF
from tests.matrix.office_routes import of_a_kind
from tests.matrix.route_rows import READ, Act, Done, Route, fair_slug, of_fair, post
from tests.matrix.world import World

FIGURE = {"label": "“Memoranda”", "amount": "250000000", "currency": "USD", "source": "Radio", "date": "2019-01-18"}
PAPER = {"kind": "mou", "provenance": "report", "source": "“Radio”"}
RATE = {"date": "2019-01-18", "base": "USD", "quote": "CNY", "rate": "7.1", "source": "Bank"}

ADDED = ("office:ledger_entry", "ledger.Entry", "ledger.Ledger")
SCANNED = ("files.File", "ledger.Scan")
entry, paper = of_fair("entry", "number"), of_fair("paper", "number")
# What is sent is the exhibitor's release, which the buyer does not manage.
SELLERS = {"buyer": Done("ledger:paper")}


def _scan(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("signed.pdf", PDF)}


def _scan_of_paper(world: World) -> list[Any]:
    return [*paper(world), world.things["scan"].pk]


def _company(world: World) -> dict[str, Any]:
    return {"company": world.things["exhibitor"].pk}


LEDGER: Mapping[str, Route] = {
    "office:ledger": Route("fair", fair_slug, READ),
    "office:ledger_enter": Route("fair", fair_slug, READ | post(*ADDED, fields=PAPER)),
    "office:ledger_entry": Route("entry", entry, READ),
    "office:ledger_correct": Route("entry", entry, READ | post(*ADDED, fields=PAPER)),
    "office:ledger_withdraw": Route("entry", entry, READ | post(*ADDED, fields={"reason": "Twice"})),
    "office:ledger_scan": Route("entry", entry, {"POST": Act(Done(ADDED[0], (*ADDED[1:], *SCANNED)), fields=_scan)}),
    "office:ledger_scan_remove": Route("paper", _scan_of_paper, post("office:ledger_entry", *SCANNED)),
    "office:ledger_release": Route("entry", entry, post("office:ledger_entry", "ledger.Release")),
    "ledger:agreements": Route("fair", fair_slug, READ),
    "ledger:paper": Route("paper", paper, READ),
    "ledger:release": Route(
        "paper", paper, {"POST": Act(Done("ledger:paper", ("ledger.Release",)), SELLERS, _company)}
    ),
    "ledger:own": Route("exhibitor", of_fair("exhibitor"), READ),
    **of_a_kind("reported", "ledger.ReportedFigure", FIGURE),
    **of_a_kind("rates", "ledger.ExchangeRate", RATE),
}
