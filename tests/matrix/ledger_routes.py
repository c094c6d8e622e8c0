"""The routes of the agreement ledger."""

from collections.abc import Mapping

from tests.matrix.office_routes import of_a_kind
from tests.matrix.route_rows import READ, Route, fair_slug, of_fair, post

FIGURE = {"label": "“Memoranda”", "amount": "250000000", "currency": "USD", "source": "Radio", "date": "2019-01-18"}
PAPER = {"kind": "mou", "provenance": "report", "source": "Radio"}
RATE = {"date": "2019-01-18", "base": "USD", "quote": "CNY", "rate": "7.1", "source": "Bank"}

ADDED = ("office:ledger_entry", "ledger.Entry", "ledger.Ledger")
entry = of_fair("entry", "number")

LEDGER: Mapping[str, Route] = {
    "office:ledger": Route("fair", fair_slug, READ),
    "office:ledger_enter": Route("fair", fair_slug, READ | post(*ADDED, fields=PAPER)),
    "office:ledger_entry": Route("entry", entry, READ),
    "office:ledger_correct": Route("entry", entry, READ | post(*ADDED, fields=PAPER)),
    "office:ledger_withdraw": Route("entry", entry, READ | post(*ADDED, fields={"reason": "Twice"})),
    **of_a_kind("reported", "ledger.ReportedFigure", FIGURE),
    **of_a_kind("rates", "ledger.ExchangeRate", RATE),
}
