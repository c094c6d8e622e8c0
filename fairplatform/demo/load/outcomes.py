"""What the sides said of the meetings held, each in the language of the one who said it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from fairplatform.accounts.models import User
from meetings.models import Meeting, Outcome, OutcomeVersion, Statement

from ..content.terms import PAYMENT_WORDS, UNITS
from ..content.text import CHINESE, URDU
from ..encounters import DemoOutcome, DemoStatement
from . import words
from .rows import Load

DRAFTED_AT = timedelta(seconds=1440)
STATES = {
    "agreed": Outcome.State.AGREED,
    "one_side": Outcome.State.ONE_SIDE,
    "differing": Outcome.State.DIFFERING,
    "none": Outcome.State.DRAFTED,
}


@dataclass(frozen=True)
class Said:
    """Who wrote which words when, for which side (or as an interpreter's draft)."""

    words: DemoStatement
    by: str
    side: str
    at: datetime


def load_outcomes(load: Load) -> None:
    """Outcomes with their versions and statements. Agreed ones are numbered in the order of time."""
    told = {one.meeting: _told(load, one) for one in load.plan.outcomes}
    new = [one for one in load.plan.outcomes if told[one.meeting] and one.meeting not in load.rows.of(Outcome)]
    if not new:
        return
    # The agreed version can be named only once it is a row: until then every outcome is a draft.
    made = {one.meeting: Outcome(meeting_id=load.rows.of(Meeting)[one.meeting], fair=load.fair) for one in new}
    load.rows.add(Outcome, made)
    versions = _versions(load, {one.meeting: (made[one.meeting], told[one.meeting]) for one in new})
    Statement.objects.bulk_create(
        Statement(
            outcome=made[one.meeting],
            side=said.side,
            version=_version_of(versions[one.meeting], said, one.state),
            made_by_id=load.rows.of(User)[said.by],
            made_at=said.at,
        )
        for one in new
        for said in told[one.meeting]
        if said.side
    )
    _settle(new, made, versions, told)


def touched(load: Load) -> set[str]:
    """The meetings of whose outcome a visitor has said something: it no longer stands as it was loaded."""
    rows = Outcome.objects.filter(pk__in=load.rows.of(Outcome).values()).annotate(
        written=Count("versions", distinct=True), stated=Count("statements", distinct=True)
    )
    standing = {pk: rest for pk, *rest in rows.values_list("pk", "state", "written", "stated")}
    planned = {
        one.meeting: [STATES[one.state], 2 if one.state == "differing" else 1, bool(one.exhibitor) + bool(one.buyer)]
        for one in load.plan.outcomes
    }
    return {key for key, pk in load.rows.of(Outcome).items() if standing[pk] != planned[key]}


def _told(load: Load, one: DemoOutcome) -> list[Said]:
    """Everything said of a meeting, in the order of time."""
    meeting = next(m for m in load.plan.meetings if m.key == one.meeting)
    begins = load.anchor.start(next(slot for slot in load.plan.slots if slot.key == meeting.slot))
    told = []
    for said, by, side, after in (
        (one.exhibitor, one.exhibitor_by, "exhibitor", one.exhibitor_at),
        (one.buyer, one.buyer_by, "buyer", one.buyer_at),
        (one.draft, one.draft_by, "", DRAFTED_AT.seconds),
    ):
        if said and by and after is not None:
            told.append(Said(said, by, side, begins + timedelta(seconds=after)))
    return sorted(told, key=lambda said: said.at)


def _versions(load: Load, told: dict[str, tuple[Outcome, list[Said]]]) -> dict[str, list[OutcomeVersion]]:
    """One version for each different thing said: the second side of an agreed outcome writes none.

    Who corrects a version leaves the words they agree with, so all are in the language of the first.
    """
    people = {person.key: person for person in load.plan.people}
    days = {meeting.key: load.anchor.days[int(meeting.slot[0]) - 1] for meeting in load.plan.meetings}
    versions: dict[str, list[OutcomeVersion]] = {}
    for key, (outcome, sayings) in told.items():
        different = [said for index, said in enumerate(sayings) if said.words not in [s.words for s in sayings[:index]]]
        language = people[sayings[0].by].language
        versions[key] = [
            _version(outcome, number, said, language, load.rows.of(User)[said.by])
            for number, said in enumerate(different, start=1)
        ]
        for version, said in zip(versions[key], different, strict=True):
            if said.words.next_due_days is not None:
                version.next_step_on = days[key] + timedelta(days=said.words.next_due_days)
    OutcomeVersion.objects.bulk_create(version for several in versions.values() for version in several)
    return versions


def _version(outcome: Outcome, number: int, said: Said, language: str, user: int) -> OutcomeVersion:
    told, step = said.words, said.words.next_step or ""
    return OutcomeVersion(
        outcome=outcome,
        number=number,
        kind=words.OUTCOMES.get(told.kind, told.kind),
        goods=told.goods.get(language) or next(iter(told.goods.values())),
        hs6=told.hs6,
        hs_code=told.hs6,
        quantity=f"{told.quantity:,} {UNITS[told.unit or ''][language]}" if told.quantity else "",
        amount_minor=told.amount_minor,
        currency=told.currency or "",
        months=told.within_months,
        terms=_terms(told, language),
        next_step=words.STEPS.get(step, step),
        next_step_by=told.next_by or "",
        note=told.note[language] if told.note else "",
        written_by_id=user,
        written_as=said.side or "interpreter",
        written_at=said.at,
    )


def _terms(told: DemoStatement, language: str) -> str:
    """Incoterm and place, then payment. In Urdu the place goes first, or the line would run the way Latin does."""
    delivery = (told.incoterm, told.place[language]) if told.incoterm and told.place else ()
    words = " ".join(reversed(delivery) if language == URDU else delivery)
    payment = PAYMENT_WORDS[told.payment][language] if told.payment else ""
    comma = {CHINESE: "，", URDU: "، "}.get(language, ", ")
    return comma.join(filter(None, (words, payment)))


def _version_of(versions: list[OutcomeVersion], said: Said, state: str) -> OutcomeVersion:
    """Where both say different things each side stands by its own, otherwise by the only one."""
    if state == "differing":
        return next(version for version in versions if version.written_as == said.side)
    return versions[0]


def _settle(
    new: list[DemoOutcome],
    made: dict[str, Outcome],
    versions: dict[str, list[OutcomeVersion]],
    told: dict[str, list[Said]],
) -> None:
    agreed = sorted((one.meeting for one in new if one.state == "agreed"), key=lambda key: told[key][-1].at)
    for number, key in enumerate(agreed, start=1):
        made[key].agreed, made[key].agreed_at, made[key].number = versions[key][0], told[key][-1].at, number
    for one in new:
        made[one.meeting].state = STATES[one.state]
    Outcome.objects.bulk_update(made.values(), ["state", "agreed", "agreed_at", "number"])
