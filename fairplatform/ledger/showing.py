"""An entry in the reader's language, fact by fact, and what a correction has changed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.i18n.languages import language_names
from fairplatform.i18n.text import current_language, isolated
from fairplatform.money.amounts import Money
from fairplatform.money.wording import in_words

from .models import QUANTITY_SCALE, Entry, EntryName

PARTS: dict[str, Promise] = {
    EntryName.Part.PARTY: gettext_lazy("Parties"),
    EntryName.Part.COLLABORATING: gettext_lazy("Collaborating bodies"),
    EntryName.Part.WITNESS: gettext_lazy("Witnesses"),
    EntryName.Part.SIGNATORY: gettext_lazy("Signatories"),
}


SHOWN_OF_DIGEST = 12  # characters, as people compare them


class Fact(NamedTuple):
    """What an entry says of one thing; `lines` are ready for a page in the reader's language."""

    label: str
    lines: list[str]


class Difference(NamedTuple):
    """A fact as it was and as it is now; nothing where it was not said."""

    label: str
    before: list[str]
    after: list[str]


def facts(entry: Entry) -> list[Fact]:
    """All that an entry says, its names among them."""
    return [Fact(label, lines) for label, lines in _facts(entry) if lines]


def terms(entry: Entry, *, sees_hidden: bool = False) -> list[Fact]:
    """What an entry says besides its type, where it comes from, its subject and its names: a page shows these apart.

    `sees_hidden`: for a party, who sees the amount that the other one hides.
    """
    return [Fact(label, lines) for label, lines in _terms(entry, sees_hidden) if lines]


def differences(before: Entry, after: Entry) -> list[Difference]:
    """What a correction says otherwise than the entry that it corrects."""
    old, new = dict(facts(before)), dict(facts(after))
    labels = [label for label, _lines in _facts(after)]
    return [
        Difference(label, old.get(label, []), new.get(label, []))
        for label in labels
        if old.get(label, []) != new.get(label, [])
    ]


def parts(entry: Entry) -> list[tuple[str, list[EntryName]]]:
    """Whom an entry names, by what they are to it."""
    found = [(str(label), [one for one in entry.names.all() if one.part == part]) for part, label in PARTS.items()]
    return [(label, names) for label, names in found if names]


def besides_parties(entry: Entry) -> list[tuple[str, list[EntryName]]]:
    """The same without the parties, which a list names in the first place."""
    return [(label, names) for label, names in parts(entry) if names[0].part != EntryName.Part.PARTY]


def quantity_in_words(entry: Entry) -> str:
    """Such as `6,000 sets`; in the words of the parties where it is not one number; empty where none is promised."""
    if entry.quantity is None:
        return isolated(entry.quantity_unit)
    number = Decimal(entry.quantity) / QUANTITY_SCALE
    return f"{number.normalize():,f} {isolated(entry.quantity_unit)}".strip()


def _facts(entry: Entry) -> Iterator[tuple[str, list[str]]]:
    yield _("Type"), [str(entry.get_kind_display())]
    yield _("How it is known"), [str(entry.get_provenance_display())]
    for part, label in PARTS.items():
        yield str(label), [_named(one) for one in entry.names.all() if one.part == part]
    yield _("Subject"), _words(entry.subject)
    yield from _terms(entry)
    yield _("Scanned pages"), [isolated(digest[:SHOWN_OF_DIGEST]) for digest in entry.scans]


def _terms(entry: Entry, sees_hidden: bool = False) -> Iterator[tuple[str, list[str]]]:
    language = current_language()
    yield _("Sector"), _words(entry.sector)
    yield (
        _("Amount"),
        [_("amount hidden by the parties")]
        if entry.is_amount_hidden and not sees_hidden
        else _amount(entry.amount_minor, entry.currency, language),
    )
    yield _("Quantity"), list(filter(None, [quantity_in_words(entry)]))
    yield _("Agreed on"), _date(entry.agreed_on)
    yield _("Signed on"), _date(entry.signed_on)
    yield _("Place of signing"), _words(entry.signed_at)
    yield _("Valid until"), _date(entry.valid_until)
    yield _("Legal effect"), [_binding(entry.is_binding)]
    yield _("Language versions"), _words(", ".join(language_names(entry.languages)))
    yield _("Prevailing version"), language_names([entry.prevailing]) if entry.prevailing else []
    yield _("Realised so far"), _amount(entry.realised_minor, entry.currency, language)
    yield _("Evidence"), _words(entry.evidence)
    yield _("Source"), _words(entry.source)
    yield _("Outcome"), _words(entry.outcome)


def _named(one: EntryName) -> str:
    return " · ".join(isolated(words) for words in (one.name, one.title) if str(words))


def _words(text: str) -> list[str]:
    return [isolated(text)] if text else []


def _date(on: date | None) -> list[str]:
    """With its year: papers are cited for years."""
    return [isolated(on.isoformat())] if on else []


def _amount(minor: int | None, currency: str, language: str) -> list[str]:
    if minor is None:
        return []
    money = Money(minor, currency)
    figure = isolated(money).replace(" ", "\N{NO-BREAK SPACE}")
    return [f"{figure} ({in_words(money, language)})"]


def _binding(is_binding: bool | None) -> str:
    return {True: _("Binding"), False: _("Not binding"), None: _("Not said")}[is_binding]
