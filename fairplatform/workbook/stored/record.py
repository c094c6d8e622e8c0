"""The ledger, what was reported elsewhere, and rates of exchange.

Of the ledger the sheet has what organisers enter: documents and reports. What the parties have confirmed is theirs.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.numbers import minor_units
from fairplatform.ledger.chain import Addition, append
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.models import QUANTITY_SCALE, Entry, EntryName, ExchangeRate, ReportedFigure
from fairplatform.money.rates import SCALE

from ..fields import Amount, Field, Plain, Scaled, Values, as_read, read_all, text_of
from ..keys import KeyBook
from ..kinds import Signatories
from .sheet import Change, Stored, TableSheet, Tiers, Work

PLAIN = ("kind", "provenance", "subject", "sector", "quantity_unit", "signed_on", "signed_at", "source")
SIGNING = ("prevailing", "valid_until", "evidence")
PARTS = {
    "parties": EntryName.Part.PARTY,
    "collaborating": EntryName.Part.COLLABORATING,
    "witnesses": EntryName.Part.WITNESS,
    "signatories": EntryName.Part.SIGNATORY,
}
LEDGER: tuple[Field, ...] = (
    Plain("key"),
    *map(Plain, (*PLAIN, *SIGNING, "languages")),
    Plain("binding", "is_binding"),
    Amount("amount", "currency", "amount_minor"),
    Amount("realised", "currency", "realised_minor"),
    Scaled("quantity", QUANTITY_SCALE),
)
CONTENT = (*PLAIN, "amount", "currency", "quantity", "parties", "collaborating", "witnesses")
REPORTED = ("label", "amount", "currency", "qualifier", "source", "date")


class LedgerSheet:
    """The standing entries. A row that changes one is stored as its correction."""

    name = "ledger"

    def read(self, fair: Fair, keys: KeyBook, elsewhere: Elsewhere) -> list[Stored]:
        entries = Entry.objects.standing().filter(fair=fair).exclude(provenance=Entry.Provenance.PARTIES)
        return [Stored(_cells(entry, keys), entry) for entry in entries.prefetch_related("names")]

    def tiers(self, values: Values) -> Tiers:
        return [[_content("ledger", values, CONTENT)]]

    def store(self, work: Work, changes: Sequence[Change]) -> None:
        companies = dict(Participation.objects.filter(fair=work.the_fair).values_list("pk", "company__name"))
        ended = Entry.objects.filter(fair=work.the_fair, is_withdrawn=True, corrected_by=None)
        withdrawn = {entry.key: entry for entry in ended}
        additions = []
        for change in changes:
            key = str(change.values["key"])
            old = change.stored.row if change.stored else withdrawn.get(key)
            additions.append(Addition(_changed(change, work.keys, companies), key, corrects=old))
        append(work.the_fair.pk, additions, actor=work.actor, now=work.now)


def _cells(entry: Entry, keys: KeyBook) -> dict[str, object]:
    cells = read_all(LEDGER, entry, keys)
    for column, part in PARTS.items():
        named = [_shown(one, keys) for one in entry.names.all() if one.part == part]
        if named:
            cells[column] = named
    return cells


def _shown(one: Name | EntryName, keys: KeyBook) -> str:
    """A company's key; of anybody else the name as it was written, of a signatory with the position."""
    key = keys.key("companies", one.participation_id)
    if key is not None:
        return str(key)
    name = as_read(next(iter(one.name.values()), ""))
    return Signatories.joined(name, as_read(one.title)) if one.part == EntryName.Part.SIGNATORY else name


def _changed(change: Change, keys: KeyBook, companies: dict[int, dict[str, str]]) -> Content:
    """What the row says, and besides what the entry that it corrects says in other columns."""
    values = change.values
    before = Content.of(change.stored.row) if change.stored else Content(kind="", provenance="")
    amount, quantity, currency = values.get("amount"), values.get("quantity"), text_of(values, "currency")
    realised, languages, is_binding = (values.get(name) for name in ("realised", "languages", "binding"))
    plain: dict[str, Any] = {name: text_of(values, name) for name in (*PLAIN, *SIGNING)}
    return replace(
        before,
        **plain | {name: values.get(name) for name in ("signed_on", "valid_until")},
        languages=languages if isinstance(languages, list) else [],
        is_binding=is_binding if isinstance(is_binding, bool) else None,
        realised_minor=minor_units(realised, currency) if isinstance(realised, Decimal) else None,
        currency=currency,
        amount_minor=minor_units(amount, currency) if isinstance(amount, Decimal) else None,
        quantity=int(quantity * QUANTITY_SCALE) if isinstance(quantity, Decimal) else None,
        names=_names(before, values, keys, companies),
    )


def _names(before: Content, values: Values, keys: KeyBook, companies: dict[int, dict[str, str]]) -> tuple[Name, ...]:
    """Whoever was named already stays as they were called."""
    known = {(one.part, _shown(one, keys)): one for one in before.names}
    names = []
    for column, part in PARTS.items():
        cell = values.get(column)
        for text in cell if isinstance(cell, list) else []:
            row = keys.row("companies", text) if column == "parties" else None
            new = Name(part, companies[row], row) if row else _named(part, str(text))
            names.append(known.get((part, str(text)), new))
    return tuple(names)


def _named(part: str, text: str) -> Name:
    """Somebody as a cell names them, a signatory with the position."""
    if part != EntryName.Part.SIGNATORY:
        return Name.of_text(part, text)
    name, title = Signatories.split(text)
    return replace(Name.of_text(part, name), title=title)


def _content(sheet: str, values: Values, columns: Sequence[str]) -> tuple[Any, ...]:
    """All that a row without a key is known by."""
    cells = (values.get(column) or None for column in columns)
    return (sheet, *(tuple(cell) if isinstance(cell, list) else cell for cell in cells))


FIGURES = TableSheet(
    "reported",
    ReportedFigure,
    (
        Plain("key"),
        Plain("label"),
        Amount("amount", "currency", "amount_minor"),
        Plain("qualifier"),
        Plain("source"),
        Plain("date"),
    ),
    lambda values: [[_content("reported", values, REPORTED)]],
    key="key",
)
RATES = TableSheet(
    "rates",
    ExchangeRate,
    (Plain("date"), Plain("from", "base"), Plain("to", "quote"), Scaled("rate", SCALE, "scaled"), Plain("source")),
    lambda values: [[_content("rates", values, ("date", "from", "to"))]],
)
