"""The routes of answer slips and of what organisers change in a published schedule."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from fairplatform.accounts.actor import Actor
from fairplatform.fairs.models import Participation, Slot
from meetings.models import Meeting
from meetings.outcomes.actions import draft
from meetings.outcomes.content import Content
from meetings.slips.slip import slip_of
from tests.factories import NOW
from tests.matrix.route_rows import READ, Act, Done, Route, fair_slug, of_fair, post
from tests.matrix.world import World

ANSWERED = ("meetings.SlipAnswer",)


def _answer(world: World) -> dict[str, Any]:
    company = Participation.objects.get(pk=world.things["slip"].pk)
    return {"seen": [item.token for item in slip_of(company, NOW).items], "source": "telephone"}


def _owed(world: World) -> dict[str, Any]:
    """All are asked; the meeting has been held, is over, and has no outcome."""
    meeting = world.things["meeting"]
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.HELD)
    Slot.objects.filter(pk=meeting.slot_id).update(ends_at=meeting.starts_at + timedelta(minutes=1))
    return {"filtered": ""}


def _drafted(world: World) -> dict[str, Any]:
    """The same with a draft of the interpreter, which both companies are to confirm."""
    fields, key = _owed(world), world.things["meeting"].pk
    draft(Actor(world.person("interpreter")), meeting=key, content=Content(kind="contact"), now=NOW)
    return fields


def _leaving(world: World) -> dict[str, Any]:
    """The exhibitor of the meeting ahead, in its slot alone."""
    meeting = world.things["ahead"]
    span = {"whose": meeting.exhibitor_id, "first": meeting.slot_id, "last": meeting.slot_id, "key": KEY}
    return {**span, "meeting": meeting.pk}


def _unavailable(world: World) -> dict[str, Any]:
    return {**_leaving(world), "whose": world.people["interpreter"].pk}


def _outage(world: World) -> dict[str, Any]:
    """By telephone."""
    pk = world.things["ahead"].pk
    return {**_leaving(world), "whose": "hall/1", f"chosen-{pk}": "telephone"}


KEY = "00000000-0000-0000-0000-000000000007"
CHANGED = ("fairs.Absence", "meetings.Change", "meetings.ChangedMeeting", "meetings.Booking")
# Who has a slip of their own; everybody else is led to their day.
SLIPS = {"seller": Done("meetings:slip"), "buyer": Done("meetings:slip")}
CHANGES: Mapping[str, Route] = {
    # Of a meeting whose exhibitor left: its seller has no such page, and nobody else could be met.
    "meetings:substitutes": Route(
        "left",
        of_fair("left"),
        {
            "GET": Act(others={"seller": Done(404)}),
            "POST": Act(Done(409), {"seller": Done(404)}, lambda world: {"company": world.things["exhibitor"].pk}),
        },
    ),
    "meetings:own_slip": Route("fair", fair_slug, {"GET": Act(Done("meetings:day"), SLIPS)}),
    "meetings:slip": Route(
        "slip",
        of_fair("slip"),
        READ | {"POST": Act(Done("meetings:slip", ANSWERED), fields=_answer, row="slip.answer")},
    ),
    "office:company_leaves": Route(
        "fair",
        fair_slug,
        READ | {"POST": Act(Done("office:change", (*CHANGED, "meetings.Meeting")), fields=_leaving)},
    ),
    "office:interpreter_unavailable": Route(
        "fair",
        fair_slug,
        READ
        | {
            "POST": Act(
                Done(
                    "office:change",
                    (*CHANGED, "accounts.User", "chat.Member", "meetings.Meeting", "meetings.Participant"),
                ),
                fields=_unavailable,
            )
        },
    ),
    "office:outage": Route(
        "fair",
        fair_slug,
        READ
        | {
            "POST": Act(
                Done("office:change", ("meetings.Change", "meetings.ChangedMeeting", "meetings.Meeting")),
                fields=_outage,
            )
        },
    ),
    "office:papers": Route("fair", fair_slug, READ),
    "office:change": Route("fair", of_fair("change"), READ),
    "office:satisfaction": Route("fair", fair_slug, READ),
    "office:outcomes": Route("fair", fair_slug, READ),
    "office:outcomes_calls": Route("fair", fair_slug, READ),
    "office:outcomes_link": Route(
        "fair",
        lambda world: [world.fair.slug, world.things["meeting"].buyer_id],
        {"POST": Act(Done("office:links_issued", ("accounts.PersonalLink", "sessions.Session")), fields=_owed)},
    ),
    "office:outcomes_links": Route(
        "fair",
        fair_slug,
        {
            "POST": Act(
                Done("office:outcomes_links_issued", ("meetings.OutcomeLink", "sessions.Session")), fields=_drafted
            )
        },
    ),
    "office:outcomes_links_issued": Route("fair", fair_slug, {"GET": Act(Done("office:outcomes"))}),
    "office:outcomes_ask": Route(
        "fair",
        fair_slug,
        {
            "POST": Act(
                Done("office:outcomes", ("notices.Notice",)),
                {"delegated": Done("office:outcomes")},
                fields=_owed,
            )
        },
    ),
    "office:answers": Route("fair", fair_slug, READ),
    "office:answers_remind": Route(
        "fair",
        fair_slug,
        post("office:answers", "notices.Notice", others={"delegated": Done("office:answers")}),
    ),
}
