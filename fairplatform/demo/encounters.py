"""What happens between firms: meetings and who sat in them, outcomes, requests, inquiries."""

from dataclasses import dataclass

from .content.text import Text
from .shapes import Moment


@dataclass(frozen=True)
class DemoMeeting:
    """A meeting of one buyer with one exhibitor in one slot.

    `people` are the exhibitor's manager, the lead purchaser and sometimes a colleague of the exhibitor.

    `state` at the opening: held, not_held, running or planned. `reason` says why one was not held: exhibitor_absent,
    buyer_absent, line_failed or both_absent. `scene` is set for running ones: well, interpreter_missing, buyer_alone,
    sound_only, or walk (nobody is in it: it waits for the visitor). `pair` is the interpreters' language pair.
    `moved_from` is the slot it was first agreed for.
    """

    key: str
    slot: str
    buyer: str
    exhibitor: str
    people: tuple[str, ...]
    pair: str | None
    interpreter: str | None
    state: str
    reason: str | None
    scene: str | None
    moved_from: str | None


@dataclass(frozen=True)
class DemoAttendance:
    """One person's time at one table, in seconds from the slot's start; `connected` is None if the line never stood."""

    meeting: str
    person: str
    side: str
    entered: int
    connected: int | None
    left: int | None
    media: str


@dataclass(frozen=True)
class DemoStatement:
    """What one side (or a drafter) says was the outcome; money in minor units."""

    kind: str
    goods: Text
    hs6: str
    quantity: int | None
    unit: str | None
    amount_minor: int | None
    currency: str | None
    incoterm: str | None
    place: Text | None
    payment: str | None
    within_months: int | None
    note: Text | None
    next_step: str | None
    next_by: str | None
    next_due_days: int | None


@dataclass(frozen=True)
class DemoOutcome:
    """The outcome of a held meeting: agreed, one_side, differing or none; who said what, when (from the slot's start).

    Agreed: both statements are equal. `draft` is what an interpreter wrote and no side has stated yet.
    """

    meeting: str
    state: str
    exhibitor: DemoStatement | None
    exhibitor_by: str | None
    exhibitor_at: int | None
    buyer: DemoStatement | None
    buyer_by: str | None
    buyer_at: int | None
    draft: DemoStatement | None
    draft_by: str | None


@dataclass(frozen=True)
class DemoMessage:
    """One message, `after` seconds from what it belongs to, in the one language its author wrote."""

    author: str
    after: int
    language: str
    body: str


@dataclass(frozen=True)
class DemoRequest:
    """A request for a meeting: pending, or declined with a reply.

    `expires_in` counts seconds from the opening itself, so that one is always about to expire. `asked_by` is buyer or
    exhibitor.
    """

    key: str
    buyer: str
    exhibitor: str
    asked_by: str
    slot: str
    asked: Moment
    expires_in: int | None
    message: DemoMessage
    state: str
    reply: DemoMessage | None


@dataclass(frozen=True)
class DemoInquiry:
    """A buyer's question at a booth; `answer_after` is None when nobody answered; `meeting` is what it became."""

    key: str
    buyer: str
    exhibitor: str
    product: str
    opened: Moment
    answer_after: int | None
    meeting: str | None
    messages: tuple[DemoMessage, ...]
