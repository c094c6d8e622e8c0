"""Fairs that are over: two conferences as they were reported, and an invented matching day beside the first of them.

Each is a workbook in held/, in a folder with the name of the fair. What is invented is a fair of its own, so that
nobody takes any of it for something that was reported. They stay at their dates and as they are, whatever moves the
demonstration: a start loads only those that are missing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tomllib import loads

from django.db import transaction
from pydantic import TypeAdapter

from chat.models import Conversation
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fact as StoredFact
from fairplatform.fairs.models import Fair, FairDay, Hall, RoleAssignment
from fairplatform.ledger.models import Entry, Release
from fairplatform.workbook.reading import read
from meetings.models import Meeting

from .additions import Fact
from .loader.fair import store_workbook
from .loader.meetings import HELD_AFTER
from .plan.fair_plan import SLUG

FOLDER = Path(__file__).with_name("held")
_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class HeldFair:
    """The file says what each is."""

    is_invented: bool
    facts: tuple[Fact, ...]
    held_on: date | None = None


@cache
def held_fairs() -> dict[str, HeldFair]:
    """By the name of the fair in addresses, the earliest first."""
    return TypeAdapter(dict[str, HeldFair]).validate_python(loads(_FILE.read_text(encoding="utf-8")))


@transaction.atomic
def load_held_fairs(now: datetime) -> None:
    """Loads those that are missing. A fair of somebody's own with such a name stays as it is.

    Raises SourceFaulty where a workbook cannot be stored.
    """
    stored = set(Fair.objects.filter(slug__in=held_fairs()).values_list("slug", flat=True))
    for slug, held in held_fairs().items():
        if slug not in stored:
            _load(slug, held, now)


def _load(slug: str, held: HeldFair, now: datetime) -> None:
    fair = store_workbook(read(FOLDER / slug), now)
    if held.held_on:
        FairDay.objects.create(fair=fair, number=1, date=held.held_on)
    _load_meetings(fair, now)
    StoredFact.objects.bulk_create(
        StoredFact(fair=fair, text=fact.text, citation=fact.citation, reported_on=fact.reported_on, rank=rank)
        for rank, fact in enumerate(held.facts, start=1)
    )
    if held.is_invented:
        Company.objects.filter(participations__fair=fair).update(is_demo=True)
        for hall in fair.halls.all():
            Hall.objects.filter(pk=hall.pk).update(pattern=hall.number)
    if held.is_invented:
        _let_organisers_in(fair)
    else:
        _release(fair, now)
    fair.state, fair.is_demo, fair.planned_rounds = Fair.State.CLOSED, held.is_invented, fair.meetings.count()
    fair.save(update_fields=["state", "is_demo", "planned_rounds"])


def _load_meetings(fair: Fair, now: datetime) -> None:
    """Every pair of the workbook has met at its time."""
    pairs, slots = list(fair.pairs.all()), {slot.starts_at: slot for slot in fair.slots.all()}
    conversations = Conversation.objects.bulk_create(Conversation(fair=fair, created_at=now) for _ in pairs)
    meetings = []
    for pair, conversation in zip(pairs, conversations, strict=True):
        assert pair.starts_at is not None
        meetings.append(
            Meeting(
                fair=fair,
                exhibitor_id=pair.exhibitor_id,
                buyer_id=pair.buyer_id,
                slot=slots[pair.starts_at],
                conversation=conversation,
                state=Meeting.State.HELD,
                held_at=pair.starts_at + HELD_AFTER,
            )
        )
    Meeting.objects.bulk_create(meetings)


def _let_organisers_in(fair: Fair) -> None:
    """The organisers of the demonstration, whom anybody may be, see what is invented."""
    RoleAssignment.objects.bulk_create(
        RoleAssignment(fair=fair, user_id=user, role=RoleAssignment.Kind.ORGANISER) for user in _organisers()
    )


def _release(fair: Fair, now: datetime) -> None:
    """Everyone reads what was reported of real companies. Nobody organises such a fair, so that nobody changes it."""
    terms = {"shows_amount": True, "shows_scans": True, "released_at": now}
    Release.objects.bulk_create(
        Release(fair=fair, key=key, released_by_id=user, **terms)
        for user in _organisers()[:1]
        for key in Entry.objects.filter(fair=fair).values_list("key", flat=True)
    )


def _organisers() -> list[int]:
    of_demonstration = RoleAssignment.objects.filter(fair__slug=SLUG, role=RoleAssignment.Kind.ORGANISER)
    return list(of_demonstration.order_by("pk").values_list("user", flat=True).distinct())
