"""What an entry says, apart from its place in the chain."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date

from fairplatform.errors import Refused
from fairplatform.i18n.text import Translated, guess_language

from .models import Entry, EntryName

LEAST_PARTIES = {Entry.Provenance.PARTIES: 2, Entry.Provenance.DOCUMENT: 1, Entry.Provenance.REPORT: 0}
LATER = frozenset({
    "signed_on", "signed_at", "valid_until", "is_binding", "languages", "prevailing",
    "realised_minor", "evidence", "scans",
})  # fmt: skip
"""How it was signed, and what has come of it. Of what the parties have confirmed, organisers correct only this and whom
it names besides the parties."""


@dataclass(frozen=True)
class Name:
    """A party, a collaborating body, a witness or a signatory. `participation_id`: which company of the fair it is."""

    part: str
    name: dict[str, str]
    participation_id: int | None = None
    title: str = ""

    @classmethod
    def of_text(cls, part: str, text: str) -> "Name":
        """Somebody who is named in one language alone."""
        return cls(part, Translated({guess_language(text) or "en": text}))


@dataclass(frozen=True)
class Content:
    """The fields of an Entry that people fill in. `amount_minor` and `realised_minor`: in minor units of `currency`."""

    kind: str
    provenance: str
    names: tuple[Name, ...] = ()
    outcome: str = ""
    subject: str = ""
    sector: str = ""
    amount_minor: int | None = None
    currency: str = ""
    is_amount_hidden: bool = False
    quantity: int | None = None
    quantity_unit: str = ""
    agreed_on: date | None = None
    signed_on: date | None = None
    signed_at: str = ""
    valid_until: date | None = None
    is_binding: bool | None = None
    languages: list[str] = field(default_factory=list)
    prevailing: str = ""
    scans: list[str] = field(default_factory=list)
    realised_minor: int | None = None
    evidence: str = ""
    source: str = ""

    @classmethod
    def of(cls, entry: Entry) -> "Content":
        values = {one.name: getattr(entry, one.name) for one in fields(cls) if one.name != "names"}
        return cls(**values, names=tuple(map(_name_of, entry.names.all())))

    @property
    def parties(self) -> list[Name]:
        return [one for one in self.names if one.part == EntryName.Part.PARTY]

    def after(self, before: "Content") -> "Content":
        """This, with what was said later of `before`: its signing, whom it names besides the parties, its results.

        What was realised in another currency than this one is left out: it is no part of this amount.
        """
        later = {name: getattr(before, name) for name in LATER}
        if self.is_binding is not None:
            later["is_binding"] = self.is_binding
        if before.realised_minor is not None and self.currency not in ("", before.currency):
            later |= {"realised_minor": None, "evidence": ""}
        others = tuple(one for one in before.names if one.part != EntryName.Part.PARTY)
        currency = self.currency or ("" if later["realised_minor"] is None else before.currency)
        return replace(self, **later, names=(*self.parties, *others), currency=currency)

    def problems(self) -> Iterator[Refused]:
        if len(self.parties) < LEAST_PARTIES[Entry.Provenance(self.provenance)]:
            yield Refused("ledger_parties", count=LEAST_PARTIES[Entry.Provenance(self.provenance)])
        companies = [one.participation_id for one in self.parties if one.participation_id]
        if len(companies) > len(set(companies)):
            yield Refused("ledger_party_twice")
        if (self.amount_minor is not None or self.realised_minor is not None) and not self.currency:
            yield Refused("amount_needed")
        if any(one is not None and one < 0 for one in (self.amount_minor, self.realised_minor, self.quantity)):
            yield Refused("amount_negative")
        if self.prevailing and self.prevailing not in self.languages:
            yield Refused("ledger_prevailing")

    def check(self) -> None:
        """Raises Refused for the first problem."""
        for refused in self.problems():
            raise refused

    def as_fields(self) -> dict[str, object]:
        """The fields of an entry with this content."""
        values = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "names"}
        return {**values, "parties": len(self.parties)}


def _name_of(row: EntryName) -> Name:
    return Name(row.part, dict(row.name), row.participation_id, row.title)
