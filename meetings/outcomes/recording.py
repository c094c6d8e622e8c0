"""What an agreed outcome writes into the agreement ledger."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from fairplatform.accounts.actor import Actor
from fairplatform.i18n.numbers import LARGEST_MINOR, SCALES, normalised
from fairplatform.ledger.actions import record_agreed, withdraw_agreed
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.kinds import BINDING, RECORDED, WITHOUT_OBLIGATION
from fairplatform.ledger.models import QUANTITY_SCALE, Entry, EntryName
from fairplatform.money.figures import readings
from meetings.models import Outcome

_QUANTITY = re.compile(r"(?P<figure>\d[\d.,٬،٫]*)\s*(?P<unit>\D*|(?<=\s)(?:20GP|40HQ))", re.IGNORECASE)
_DOUBTFUL = re.compile(r"(?:k|m|mn|mln|bn|cr)\b", re.IGNORECASE)  # 12 m may be metres or millions


def record(outcome: Outcome, actor: Actor, *, now: datetime) -> None:
    """Enters an agreed outcome, if its kind is one that the ledger has; the same outcome once.

    What both sides have corrected is entered as a correction; the entry of what the ledger does not have any more is
    withdrawn.
    """
    if outcome.agreed and outcome.agreed.kind in RECORDED:
        record_agreed(outcome.fair, content=entry_of(outcome), actor=actor, now=now)
    else:
        withdraw_agreed(outcome.fair, outcome=outcome.reference, actor=actor, now=now)


def entry_of(outcome: Outcome) -> Content:
    """What the ledger says of an agreed outcome; nobody has signed it yet.

    `agreed_on`: the day, at the fair, when the second side confirmed for the first time; a correction does not move it.
    """
    version, meeting = outcome.agreed, outcome.meeting
    assert version is not None
    assert outcome.agreed_at is not None
    quantity, unit = read_quantity(version.quantity)
    return Content(
        kind=version.kind,
        provenance=Entry.Provenance.PARTIES,
        names=tuple(
            Name(EntryName.Part.PARTY, dict(party.company.name), party.pk)
            for party in (meeting.exhibitor, meeting.buyer)
        ),
        outcome=outcome.reference,
        subject=version.goods,
        sector=version.hs_code,
        amount_minor=version.amount_minor,
        currency=version.currency,
        is_amount_hidden=outcome.is_amount_hidden and version.amount_minor is not None,
        quantity=quantity,
        quantity_unit=unit,
        agreed_on=outcome.agreed_at.astimezone(ZoneInfo(outcome.fair.host_zone)).date(),
        is_binding=_is_binding(version.kind),
    )


def _is_binding(kind: str) -> bool | None:
    """None of an agency and a joint venture: their own papers say it."""
    if kind in BINDING:
        return True
    return False if kind in WITHOUT_OBLIGATION else None


def read_quantity(text: str) -> tuple[int | None, str]:
    """A quantity in thousandths, and its unit: of `6,000 pcs`, `12万件`, `۵۰۰ درجن`, `2 40HQ`.

    Of whatever is doubtful or no single number, such as `500-600 pcs`, no number and the words as they were confirmed.
    """
    words = " ".join(text.split())
    found = _QUANTITY.fullmatch(words)
    if not found or _DOUBTFUL.match(found["unit"]):
        return None, words
    scale = _scale(found["unit"])
    unit = found["unit"].removeprefix(scale).strip()
    values = readings(normalised(found["figure"] + scale))
    thousandths = [value * QUANTITY_SCALE for value in values]
    if len(values) != 1 or thousandths[0].denominator != 1 or thousandths[0] > LARGEST_MINOR:
        return None, words
    return int(thousandths[0]), unit.upper() if unit[:1].isdecimal() else unit


def _scale(unit: str) -> str:
    """The word of scale that a unit begins with. Chinese has no spaces between words."""
    for length in range(len(unit), 0, -1):
        word, rest = unit[:length], unit[length:]
        if normalised(word) in SCALES and (word[-1] > "\u3400" or not rest[:1].isalpha()):
            return word
    return ""
