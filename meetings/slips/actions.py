"""Answering a slip, for the company itself or as the answer reached its unit; and reminding those that are silent."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.urls import reverse

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.notices.actions import notify
from fairplatform.policy import Role, check, load
from meetings.models import SlipAnswer
from meetings.staffing import representatives

from .queries import slips_for
from .slip import Item, Says, Slip, slip_of

NOTE_LENGTH = 300
Source = SlipAnswer.Source


class Refusal(NamedTuple):
    """Why a company cannot attend a meeting: one of SlipAnswer.Reason, and its own words."""

    reason: str
    note: str = ""


@transaction.atomic
def answer_slip(
    actor: Actor,
    *,
    fair: str,
    participation: int,
    seen: Collection[str],
    refused: Mapping[int, Refusal],
    source: str,
    now: datetime,
) -> Slip:
    """Confirms every meeting of the slip but those `refused`, by their keys; of a cancelled one, that it is known.

    `seen`: the tokens of what was on the page. `source`: how the answer came, if its company did not give it here.
    The same answer again changes nothing. Raises Refused: slip_changed (something is other than it was seen), and what
    loading raises.
    """
    loaded = load(Slip, actor, "slip.answer", fair=fair, participation=participation)
    row = Participation.objects.select_for_update().get(pk=loaded.participation.pk)
    own = Role.MANAGER in loaded.roles_of(actor.person)
    before = slip_of(row, now)
    given = [_given(item, refused.get(item.meeting.pk)) for item in before.items]
    changed = [
        (item, answer) for item, answer in zip(before.items, given, strict=True) if not _same(item.answer, answer)
    ]
    if any(item.token not in seen for item, _answer in changed):
        raise Refused("slip_changed")
    for item, answer in changed:
        _store(actor, item, answer, row, Source.PAGE if own else Source(source), now)
    if changed:
        write_audit_entry(actor, "slip.answer", row, after={item.meeting.pk: one.says for item, one in changed})
        _tell_organisers(row, [item for item, answer in changed if answer.says == Says.CANNOT], now)
    return slip_of(row, now)


def _given(item: Item, refusal: Refusal | None) -> SlipAnswer:
    """Not stored, and by nobody yet."""
    answer = SlipAnswer(starts_at=item.meeting.starts_at, says=Says.CONFIRMED)
    if item.state == "cancelled":
        answer.says = Says.SEEN
    elif refusal:
        answer.says, answer.reason, answer.note = Says.CANNOT, refusal.reason, refusal.note[:NOTE_LENGTH]
    return answer


def _same(one: SlipAnswer | None, other: SlipAnswer) -> bool:
    names = ("says", "starts_at", "reason", "note")
    return one is not None and all(getattr(one, name) == getattr(other, name) for name in names)


def _store(actor: Actor, item: Item, answer: SlipAnswer, company: Participation, source: Source, now: datetime) -> None:
    fields = {name: getattr(answer, name) for name in ("says", "starts_at", "reason", "note")}
    by = {"made_by": actor.user, "on_behalf_of": actor.on_behalf_of, "made_at": now, "source": source}
    SlipAnswer.objects.update_or_create(
        meeting=item.meeting, participation=company, defaults={**fields, **by, "fair_id": company.fair_id}
    )


def _tell_organisers(company: Participation, refused: list[Item], now: datetime) -> None:
    if not refused:
        return
    notify(
        User.objects.filter(roles__fair=company.fair_id, roles__role=Role.ORGANISER, is_active=True).distinct(),
        fair=company.fair,
        code="slip_cannot",
        parameters={"company": company.company.name, "at": refused[0].meeting.starts_at},
        path=reverse("meetings:slip", args=[company.fair.slug, company.pk]),
        now=now,
        supersedes=("slip_cannot",),
    )


@transaction.atomic
def remind_silent(actor: Actor, *, fair: Fair, now: datetime) -> int:
    """Asks the companies that have something to confirm, by a notice to their managers and leads; how many they were.

    An organiser asks all of them, a delegate those of their unit. One that has an unread notice gets no second letter.
    Raises Refused("not_now") unless the fair is open.
    """
    check(actor, "slips.see", fair)
    if fair.state != Fair.State.OPEN:
        raise Refused("not_now")
    asked = [slip for slip in slips_for(actor.person, fair, now) if slip.asked]
    for slip in asked:
        notify(
            representatives(slip.participation),
            fair=fair,
            code="slip_asked",
            parameters={"at": slip.asked[0].meeting.starts_at},
            path=reverse("meetings:own_slip", args=[fair.slug]),
            now=now,
            supersedes=("slip_asked",),
        )
    return len(asked)
