"""The outcomes of held meetings with their versions and statements, in the language of whoever wrote them first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.ledger.kinds import RECORDED, Kind
from fairplatform.ledger.models import Entry, Release
from meetings.models import Meeting, Outcome, OutcomeVersion, Statement
from meetings.models.meeting import Side
from meetings.outcomes.queries import agreed_outcomes
from meetings.outcomes.recording import record

from ..content.terms import INCOTERMS_URDU, PAYMENT_WORDS, UNITS
from ..content.text import CHINESE, URDU
from ..plan.events import DemoOutcome, DemoStatement
from . import vocabulary
from .rows import LoaderRun

RELEASED = 3  # of as many entries one, unless it is a memorandum, whose signing is entered later
DRAFTED_AT = timedelta(seconds=1440)
STATES = {
    "agreed": Outcome.State.AGREED,
    "one_side": Outcome.State.ONE_SIDE,
    "differing": Outcome.State.DIFFERING,
    "none": Outcome.State.DRAFTED,
}


@dataclass(frozen=True)
class DatedStatement:
    """A statement by the person of this key; `side` is empty for an interpreter's draft."""

    content: DemoStatement
    by: str
    side: str
    at: datetime


def load_outcomes(run: LoaderRun) -> None:
    """Outcomes with their versions and statements; agreed ones are numbered in the order of time."""
    stated = {outcome.meeting: _dated_statements(run, outcome) for outcome in run.plan.outcomes}
    new = [
        outcome
        for outcome in run.plan.outcomes
        if stated[outcome.meeting] and outcome.meeting not in run.rows.ids(Outcome)
    ]
    if not new:
        return
    # The agreed version can be named only once it is a row: until then every outcome is a draft.
    made = {
        outcome.meeting: Outcome(
            meeting_id=run.rows.ids(Meeting)[outcome.meeting], fair=run.fair, is_amount_hidden=outcome.hides_amount
        )
        for outcome in new
    }
    run.rows.add(Outcome, made)
    versions = _versions(run, {outcome.meeting: (made[outcome.meeting], stated[outcome.meeting]) for outcome in new})
    Statement.objects.bulk_create(
        _statement(run, made[outcome.meeting], statement, _version_for(versions[outcome.meeting], statement, outcome))
        for outcome in new
        for statement in stated[outcome.meeting]
        if statement.side
    )
    _set_final_state(run, new, made, versions, stated)


def load_entries(run: LoaderRun) -> None:
    """The ledger's entries of the agreed outcomes; those that have theirs already get no other."""
    agreed = agreed_outcomes(run.fair).filter(agreed__kind__in=RECORDED).order_by("number")
    entered = set(Entry.objects.filter(fair=run.fair).values_list("outcome", flat=True))
    for outcome in agreed.select_related("fair", "agreed", "meeting__exhibitor__company", "meeting__buyer__company"):
        # Their days have moved since, which is no correction.
        if outcome.reference in entered:
            continue
        last = outcome.statements.select_related("made_by").latest("made_at")
        record(outcome, Actor(last.made_by), now=last.made_at)
        entry = Entry.objects.get(fair=outcome.fair, outcome=outcome.reference)
        if entry.number % RELEASED == 0 and entry.kind != Kind.MOU and not entry.is_amount_hidden:
            _release(outcome, entry)


def _release(outcome: Outcome, entry: Entry) -> None:
    """Both sides let everybody read the agreement with its amount, when the second of them confirms it."""
    parties = {Side.EXHIBITOR: outcome.meeting.exhibitor_id, Side.BUYER: outcome.meeting.buyer_id}
    for statement in outcome.statements.all():
        Release.objects.create(
            fair=outcome.fair,
            key=entry.key,
            participation_id=parties[Side(statement.side)],
            shows_amount=True,
            shows_scans=False,
            released_by_id=statement.made_by_id,
            released_at=entry.entered_at,
        )


def _statement(run: LoaderRun, outcome: Outcome, statement: DatedStatement, version: OutcomeVersion) -> Statement:
    return Statement(
        outcome=outcome,
        side=statement.side,
        version=version,
        made_by_id=run.rows.ids(User)[statement.by],
        made_at=statement.at,
        hides_amount=outcome.is_amount_hidden,
    )


def changed_by_visitors(run: LoaderRun) -> set[str]:
    """Keys of the meetings whose outcome is no longer as it was loaded: a visitor has drafted or stated something."""
    rows = Outcome.objects.filter(pk__in=run.rows.ids(Outcome).values()).annotate(
        written=Count("versions", distinct=True), stated=Count("statements", distinct=True)
    )
    actual = {pk: rest for pk, *rest in rows.values_list("pk", "state", "written", "stated")}
    planned = {
        outcome.meeting: [
            STATES[outcome.state],
            2 if outcome.state == "differing" else 1,
            bool(outcome.exhibitor) + bool(outcome.buyer),
        ]
        for outcome in run.plan.outcomes
    }
    return {key for key, pk in run.rows.ids(Outcome).items() if actual[pk] != planned[key]}


def _dated_statements(run: LoaderRun, outcome: DemoOutcome) -> list[DatedStatement]:
    """The statements and the draft of a meeting in the order of time."""
    meeting = next(m for m in run.plan.meetings if m.key == outcome.meeting)
    begins = run.anchor.start(next(slot for slot in run.plan.slots if slot.key == meeting.slot))
    stated = []
    for statement, by, side, after in (
        (outcome.exhibitor, outcome.exhibitor_by, "exhibitor", outcome.exhibitor_at),
        (outcome.buyer, outcome.buyer_by, "buyer", outcome.buyer_at),
        (outcome.draft, outcome.draft_by, "", DRAFTED_AT.seconds),
    ):
        if statement and by and after is not None:
            stated.append(DatedStatement(statement, by, side, begins + timedelta(seconds=after)))
    return sorted(stated, key=lambda statement: statement.at)


def _versions(
    run: LoaderRun, stated: dict[str, tuple[Outcome, list[DatedStatement]]]
) -> dict[str, list[OutcomeVersion]]:
    """One version for each different statement: the side that only agrees writes none.

    A side that corrects a version changes only what it disagrees with, so all versions are in the first's language.
    """
    people = {person.key: person for person in run.plan.people}
    days = {meeting.key: run.anchor.days[int(meeting.slot[0]) - 1] for meeting in run.plan.meetings}
    versions: dict[str, list[OutcomeVersion]] = {}
    for key, (outcome, statements) in stated.items():
        different = [
            statement
            for index, statement in enumerate(statements)
            if statement.content not in [s.content for s in statements[:index]]
        ]
        language = people[statements[0].by].language
        versions[key] = [
            _version(outcome, number, statement, language, run.rows.ids(User)[statement.by])
            for number, statement in enumerate(different, start=1)
        ]
        for version, statement in zip(versions[key], different, strict=True):
            if statement.content.next_due_days is not None:
                version.next_step_on = days[key] + timedelta(days=statement.content.next_due_days)
    OutcomeVersion.objects.bulk_create(version for several in versions.values() for version in several)
    return versions


def _version(outcome: Outcome, number: int, statement: DatedStatement, language: str, user: int) -> OutcomeVersion:
    stated, step = statement.content, statement.content.next_step or ""
    return OutcomeVersion(
        outcome=outcome,
        number=number,
        kind=vocabulary.OUTCOMES.get(stated.kind, stated.kind),
        goods=stated.goods.get(language) or next(iter(stated.goods.values())),
        hs6=stated.hs6,
        hs_code=stated.hs6,
        quantity=f"{stated.quantity:,} {UNITS[stated.unit or ''][language]}" if stated.quantity else "",
        amount_minor=stated.amount_minor,
        highest_minor=stated.highest_minor,
        currency=stated.currency or "",
        months=stated.within_months,
        terms=_terms(stated, language),
        next_step=vocabulary.STEPS.get(step, step),
        next_step_by=stated.next_by or "",
        note=stated.note[language] if stated.note else "",
        written_by_id=user,
        written_as=statement.side or "interpreter",
        written_at=statement.at,
    )


def _terms(stated: DemoStatement, language: str) -> str:
    """Incoterm and place, then payment. In Urdu the Incoterm is in Urdu script: the line is laid out right to left."""
    delivery = (stated.incoterm, stated.place[language]) if stated.incoterm and stated.place else ()
    words = " ".join(INCOTERMS_URDU.get(word, word) if language == URDU else word for word in delivery)
    payment = PAYMENT_WORDS[stated.payment][language] if stated.payment else ""
    comma = {CHINESE: "，", URDU: "، "}.get(language, ", ")
    return comma.join(filter(None, (words, payment)))


def _version_for(versions: list[OutcomeVersion], statement: DatedStatement, outcome: DemoOutcome) -> OutcomeVersion:
    """The version a side stated: its own where they differ, otherwise the only one."""
    if outcome.state == "differing":
        return next(version for version in versions if version.written_as == statement.side)
    return versions[0]


def _set_final_state(
    run: LoaderRun,
    new: list[DemoOutcome],
    made: dict[str, Outcome],
    versions: dict[str, list[OutcomeVersion]],
    stated: dict[str, list[DatedStatement]],
) -> None:
    agreed = sorted(
        (outcome.meeting for outcome in new if outcome.state == "agreed"), key=lambda key: stated[key][-1].at
    )
    for number, key in enumerate(agreed, start=_first_number(run)):
        made[key].agreed, made[key].agreed_at, made[key].number = versions[key][0], stated[key][-1].at, number
    for outcome in new:
        made[outcome.meeting].state = STATES[outcome.state]
    Outcome.objects.bulk_update(made.values(), ["state", "agreed", "agreed_at", "number"])


def _first_number(run: LoaderRun) -> int:
    """After those of a former history, which the ledger keeps."""
    references = Entry.objects.filter(fair=run.fair).exclude(outcome="").values_list("outcome", flat=True)
    return 1 + max((int(reference.rpartition("-")[2]) for reference in references), default=0)
