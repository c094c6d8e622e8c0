"""The routes of the agreement ledger."""

from collections.abc import Mapping

from tests.matrix.office_routes import of_a_kind
from tests.matrix.route_rows import READ, Route, fair_slug, of_fair

FIGURE = {"label": "“Memoranda”", "amount": "250000000", "currency": "USD", "source": "Radio", "date": "2019-01-18"}
RATE = {"date": "2019-01-18", "base": "USD", "quote": "CNY", "rate": "7.1", "source": "Bank"}

LEDGER: Mapping[str, Route] = {
    "office:ledger": Route("fair", fair_slug, READ),
    "office:ledger_entry": Route("entry", of_fair("entry", "number"), READ),
    **of_a_kind("reported", "ledger.ReportedFigure", FIGURE),
    **of_a_kind("rates", "ledger.ExchangeRate", RATE),
}
