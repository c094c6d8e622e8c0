"""What was agreed or reported elsewhere, and the exchange rates that sums are counted with."""

from django.utils.translation import gettext_lazy as _

from meetings.models import OutcomeVersion

from ..kinds import (
    Choice,
    Currency,
    Date,
    DecimalNumber,
    Key,
    Language,
    Languages,
    Provenance,
    References,
    Signatories,
    Text,
    Texts,
    YesNo,
)
from .column import needed, optional, sheet

SHEETS = (
    sheet(
        "ledger",
        optional("key", Key()),
        needed("kind", Choice(dict(OutcomeVersion.Kind.choices))),
        needed("provenance", Provenance({"document": _("document"), "report": _("news report")})),
        optional("parties", References("companies")),
        optional("collaborating", Texts(200)),
        optional("witnesses", Texts(200)),
        optional("subject", Text(400)),
        optional("sector", Text(120)),
        optional("amount", DecimalNumber()),
        optional("currency", Currency()),
        optional("quantity", DecimalNumber(places=3)),
        optional("quantity_unit", Text(60)),
        optional("signed_on", Date()),
        optional("signed_at", Text(120)),
        optional("source", Text(400)),
        # How it was signed, and what has come of it: never needed, and no part of what tells a row from others.
        optional("signatories", Signatories(200, 120)),
        optional("languages", Languages()),
        optional("prevailing", Language()),
        optional("valid_until", Date()),
        optional("binding", YesNo()),
        optional("realised", DecimalNumber()),
        optional("evidence", Text(400)),
        who=(
            (
                "kind",
                "provenance",
                "parties",
                "collaborating",
                "witnesses",
                "subject",
                "sector",
                "amount",
                "currency",
                "quantity",
                "quantity_unit",
                "signed_on",
                "signed_at",
                "source",
            ),
        ),
    ),
    sheet(
        "reported",
        optional("key", Key()),
        needed("label", Text(200)),
        needed("amount", DecimalNumber()),
        needed("currency", Currency()),
        optional("qualifier", Text(40)),
        needed("source", Text(400)),
        needed("date", Date()),
        who=(("label", "amount", "currency", "qualifier", "source", "date"),),
    ),
    sheet(
        "rates",
        needed("date", Date()),
        needed("from", Currency()),
        needed("to", Currency()),
        needed("rate", DecimalNumber(positive=True, limit=10**8, places=10)),
        needed("source", Text(400)),
        who=(("date", "from", "to"),),
    ),
)
