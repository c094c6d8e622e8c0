"""What organisers have entered by the opening: rates of exchange, how a memorandum was signed, what came of orders."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.ledger.actions import correct
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.kinds import Kind
from fairplatform.ledger.models import Entry, EntryName, ExchangeRate
from fairplatform.money.rates import SCALE
from meetings.models import Outcome

from ..additions import additions
from .rows import LoaderRun

# Invented like everything of the demonstration, near what a US dollar cost in May 2020.
RATES = (("USD", "CNY", "7.09"), ("USD", "PKR", "160.40"))
SOURCE = "Demonstration rate"
YEARS = 2  # that the memorandum is valid
# Realised of an agreed order, by its amount in cents: how much of it, and what shows that.
REALISED = {
    48_600_00: (14_580_00, "Advance payment of 30% received, receipt DEMO-0017"),
    12_000_00: (12_000_00, "Paid in full and shipped, courier waybill DEMO-0042"),
}


def load_rates(run: LoaderRun) -> None:
    """Of the first day of the fair, wherever that has moved; beside rates that somebody has entered for that day."""
    first = run.anchor.days[0]
    for base, quote, value in RATES:
        own = ExchangeRate.objects.filter(fair=run.fair, base=base, quote=quote)
        if own.filter(date=first).exists():
            continue
        moved = own.filter(source=SOURCE).order_by("pk").first() or ExchangeRate(
            fair=run.fair, base=base, quote=quote, scaled=int(Decimal(value) * SCALE), source=SOURCE
        )
        moved.date = first
        moved.save()


def load_later_entries(run: LoaderRun) -> None:
    """Each agreement once: what was added to it already stays as it is."""
    organiser = Actor(User.objects.get(pk=run.rows.ids(User)[additions().personas["organiser"]]))
    agreed = Outcome.objects.filter(pk__in=run.rows.ids(Outcome).values(), state=Outcome.State.AGREED)
    outcomes = {one.reference: one for one in agreed.select_related("fair", "agreed")}
    first = Entry.objects.filter(fair=run.fair, outcome__in=outcomes, corrects=None, corrected_by=None)
    for entry in first.order_by("number").prefetch_related("names"):
        before, outcome = Content.of(entry), outcomes[entry.outcome]
        added = _signing(outcome, before) if entry.kind == Kind.MOU else _realised(before)
        if added:
            correct(organiser, entry=entry.pk, content=replace(before, **added), reason="", now=run.now)


def _realised(before: Content) -> dict[str, Any]:
    amount, evidence = REALISED.get(before.amount_minor or 0, (None, ""))
    is_order = before.kind in (Kind.ORDER, Kind.TRIAL_ORDER)
    return {"realised_minor": amount, "evidence": evidence} if amount and is_order else {}


def _signing(outcome: Outcome, before: Content) -> dict[str, Any]:
    """On the day of the agreement, by those who confirmed it, with the units that recruited them as witnesses."""
    meeting = outcome.meeting
    parties = (meeting.exhibitor, meeting.buyer)
    assert outcome.agreed_at is not None
    signed_on = outcome.agreed_at.astimezone(ZoneInfo(outcome.fair.host_zone)).date()
    signers = [outcome.statements.get(side=side).made_by for side in ("exhibitor", "buyer")]
    named = [Name(EntryName.Part.WITNESS, dict(one.unit.name)) for one in parties if one.unit]
    named += [Name(EntryName.Part.SIGNATORY, dict(person.name)) for person in signers]
    places = [str(one.company.city_name.get("en", "")) for one in parties]
    return {
        "names": (*before.names, *named),
        "signed_on": signed_on,
        "signed_at": " / ".join(filter(None, places)),
        "valid_until": _years_later(signed_on, YEARS),
        "languages": ["zh", "en"],
        "prevailing": "en",
    }


def _years_later(on: date, years: int) -> date:
    """The same day of that year, which has no 29 February."""
    return date(on.year + years, on.month, 28 if (on.month, on.day) == (2, 29) else on.day)
