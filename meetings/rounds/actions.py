"""Opens, prolongs and closes a round, and takes its answers, which become wishes."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Preference
from fairplatform.notices.actions import notify
from fairplatform.policy import load, may
from fairplatform.scheduling.watch import Watch
from meetings.models import Run, Tick, TickList, TickRound
from meetings.models.meeting import Side
from meetings.running import start_run

from .candidates import Lists, candidates

PERMISSION = "fair.organise"
Answers = Mapping[int, str]
"""By number: a value of Tick.Answer."""


@transaction.atomic
def prepare_round(actor: Actor, *, fair: int, side: Side, deadline: datetime, now: datetime) -> Run:
    """Starts the run that finds the candidates and then opens the round.

    Raises Refused: round_open, round_deadline, and what starting a run raises.
    """
    _check_new(load(Fair, actor, PERMISSION, lock=True, pk=fair), deadline, now)
    return start_run(actor, fair=fair, kind=Run.Kind.ROUND, now=now, side=side, deadline=deadline)


def open_round(
    actor: Actor,
    *,
    fair: int,
    side: Side,
    deadline: datetime,
    now: datetime,
    watch: Watch | None = None,
    begins: Callable[[], None] = lambda: None,
) -> TickRound:
    """Gives each company of the side that has candidates its list.

    Their managers are notified: of an open fair now, else when it opens.

    `begins` is called in the transaction that stores, and prevents that by raising. Raises Refused: round_open,
    round_deadline, round_nobody, round_stopped.
    """
    asked = candidates(load(Fair, actor, PERMISSION, pk=fair), side, now=now, watch=watch)
    if not asked:
        raise Refused("round_nobody")
    with transaction.atomic():
        owner = load(Fair, actor, PERMISSION, lock=True, pk=fair)
        begins()
        _check_new(owner, deadline, now)
        return _opened(actor, owner, side, deadline, asked, now)


def _check_new(fair: Fair, deadline: datetime, now: datetime) -> None:
    if TickRound.objects.filter(fair=fair, closed_at=None).exists():
        raise Refused("round_open")
    _check_deadline(deadline, now)


def _opened(actor: Actor, owner: Fair, side: Side, deadline: datetime, asked: Lists, now: datetime) -> TickRound:
    number = TickRound.objects.filter(fair=owner).count() + 1
    opened = TickRound.objects.create(
        fair=owner, number=number, side=side, deadline=deadline, opened_at=now, opened_by=actor.user
    )
    lists = TickList.objects.bulk_create(TickList(fair=owner, round=opened, participation_id=key) for key in asked)
    Tick.objects.bulk_create(
        Tick(tick_list=one, number=place, other_id=candidate.other, reasons=candidate.reasons)
        for one in lists
        for place, candidate in enumerate(asked[one.participation_id], start=1)
    )
    write_audit_entry(actor, PERMISSION, opened, after={"side": side, "deadline": deadline, "companies": len(lists)})
    tell_of_rounds(owner, now=now)
    return opened


@transaction.atomic
def set_deadline(actor: Actor, *, tick_round: int, deadline: datetime, now: datetime) -> TickRound:
    """Raises Refused: not_now (it is closed), round_deadline."""
    row = _locked_round(actor, tick_round)
    if row.closed_at:
        raise Refused("not_now")
    _check_deadline(deadline, now)
    before, row.deadline = row.deadline, deadline
    row.save(update_fields=["deadline"])
    write_audit_entry(actor, PERMISSION, row, before={"deadline": before}, after={"deadline": deadline})
    return row


@transaction.atomic
def close_round(actor: Actor, *, tick_round: int, now: datetime) -> TickRound:
    """After this only organisers enter answers. Closed twice, it stays closed since the first time."""
    row = _locked_round(actor, tick_round)
    if row.closed_at is None:
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        write_audit_entry(actor, PERMISSION, row, after={"closed_at": now})
    return row


@transaction.atomic
def answer(actor: Actor, *, tick_list: int, answers: Answers, seen: Answers, now: datetime) -> TickList:
    """A company's own answers. `seen`: what its page showed of the same numbers.

    Raises Refused: round_over, ticks_changed (another answer is stored by now), tick_against_must, not_found for a
    number of no list.
    """
    row = load(TickList, actor, "ticks.answer", lock=True, pk=tick_list)
    _check_time(row, now)
    _store(actor, row, answers, seen, Tick.Source.PAGE, now, permission="ticks.answer")
    return row


@transaction.atomic
def enter(actor: Actor, *, tick_list: int, answers: Answers, seen: Answers, source: str, now: datetime) -> TickList:
    """Answers as they came by message, telephone or paper. After the deadline organisers alone enter them.

    Raises Refused as `answer` does.
    """
    row = load(TickList, actor, "ticks.enter", lock=True, pk=tick_list)
    if not may(actor, PERMISSION, row):
        _check_time(row, now)
    _store(actor, row, answers, seen, source, now, permission="ticks.enter")
    return row


def is_over(tick_round: TickRound, now: datetime) -> bool:
    """Whether companies can no longer answer."""
    return tick_round.closed_at is not None or now >= tick_round.deadline


def may_enter(actor: Actor, tick_list: TickList, now: datetime) -> bool:
    """Whether this person may enter an answer now that came from the company."""
    if not may(actor, "ticks.enter", tick_list):
        return False
    return may(actor, PERMISSION, tick_list) or not is_over(tick_list.round, now)


def _check_time(row: TickList, now: datetime) -> None:
    # The round itself is locked by nobody who answers: of a deadline that passes meanwhile, either is right.
    if is_over(row.round, now):
        raise Refused("round_over")


def _check_deadline(deadline: datetime, now: datetime) -> None:
    if deadline <= now:
        raise Refused("round_deadline")


def _locked_round(actor: Actor, key: int) -> TickRound:
    return load(TickRound, actor, PERMISSION, lock=True, pk=key)


def _store(
    actor: Actor, row: TickList, answers: Answers, seen: Answers, source: str, now: datetime, *, permission: str
) -> None:
    ticks = {tick.number: tick for tick in row.ticks.filter(number__in=answers)}
    if ticks.keys() != answers.keys() or not set(answers.values()) <= set(Tick.Answer.values):
        raise Refused("not_found")
    if any(tick.answer not in (seen.get(number, ""), answers[number]) for number, tick in ticks.items()):
        raise Refused("ticks_changed")
    before = {str(number): tick.answer for number, tick in sorted(ticks.items())}
    wishes = {
        wish.wanted_id: wish
        for wish in Preference.objects.filter(
            participation=row.participation_id, wanted__in=[tick.other_id for tick in ticks.values()]
        )
    }
    for number, tick in sorted(ticks.items()):
        tick.answer, tick.answered_at, tick.answered_by, tick.source = answers[number], now, actor.user, source
        _wish(actor, row, tick, wishes.get(tick.other_id))
        tick.save(update_fields=["answer", "answered_at", "answered_by", "source"])
    after = {str(number): answers[number] for number in sorted(answers)}
    if ticks:
        write_audit_entry(actor, permission, row, before=before, after={**after, "source": source})


def _wish(actor: Actor, row: TickList, tick: Tick, known: Preference | None) -> None:
    """A must stays one, and so does a "no" that organisers have entered: neither is taken back by a tick."""
    wish = Preference.Wish.WOULD if tick.answer == Tick.Answer.YES else Preference.Wish.NO
    if known is None:
        Preference.objects.create(
            fair=row.fair, participation=row.participation, wanted_id=tick.other_id, wish=wish, said_by=actor.user
        )
    elif known.wish == Preference.Wish.MUST:
        if wish == Preference.Wish.NO:
            raise Refused("tick_against_must", number=tick.number)
    elif known.wish != wish and not known.is_prohibition:
        known.wish, known.said_by = wish, actor.user
        known.save(update_fields=["wish", "said_by"])


@transaction.atomic
def tell_of_rounds(fair: Fair, *, now: datetime) -> None:
    """Notifies the companies that are asked and have not been told, if the fair is open. Idempotent."""
    if fair.state != Fair.State.OPEN:
        return
    waiting = TickRound.objects.select_for_update().filter(fair=fair, told_at=None, closed_at=None, deadline__gt=now)
    for opened in waiting:
        _notify(opened, now)
        opened.told_at = now
        opened.save(update_fields=["told_at"])


def _notify(opened: TickRound, now: datetime) -> None:
    """The managers of each company that has not answered all, with the address of its own list."""
    unanswered = Tick.objects.filter(tick_list__round=opened, answer="").values("tick_list")
    asked = opened.lists.filter(pk__in=unanswered).select_related("participation")
    companies = {one.participation.company_id: one for one in asked}
    people = User.objects.filter(positions__company__in=companies, positions__is_manager=True, is_active=True)
    for person in people.prefetch_related("positions").distinct().order_by("pk"):
        for place in person.positions.all():
            if place.is_manager and (one := companies.get(place.company_id)):
                path = reverse("meetings:ticks", args=[opened.fair.slug, one.pk])
                values = {"at": opened.deadline}
                notify([person], fair=opened.fair, code="round_opened", parameters=values, path=path, now=now)
