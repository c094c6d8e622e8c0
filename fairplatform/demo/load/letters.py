"""Requests for a meeting, and what was asked and answered at the booths."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID, uuid5

from booths.models import Booth, Inquiry
from chat.models import Conversation, Member, Message
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation, Slot
from fairplatform.realtime.models import TopicVersion
from meetings.models import MeetingRequest

from ..encounters import DemoInquiry, DemoRequest
from .rows import Load

ANSWERED_WITHIN = timedelta(hours=24)
MESSAGES = UUID("6f0f2c1e-51d4-4a0c-9d0b-7a6f2a1c2020")


def load_requests(load: Load) -> None:
    new = load.rows.missing(MeetingRequest, load.plan.requests)
    load.rows.add(MeetingRequest, {one.key: MeetingRequest(fair=load.fair, **request(load, one)) for one in new})


def request(load: Load, one: DemoRequest) -> dict[str, object]:
    """The fields of a request as it stands at the opening."""
    asker, asked = (one.buyer, one.exhibitor) if one.asked_by == "buyer" else (one.exhibitor, one.buyer)
    made_at = load.anchor.instant(one.asked)
    speaks = {person.key: set(person.speaks) for person in load.plan.people}
    answer = one.reply
    return {
        "sender_id": load.rows.of(Participation)[asker],
        "receiver_id": load.rows.of(Participation)[asked],
        "slot_id": load.rows.of(Slot)[one.slot],
        "note": one.message.body,
        "needs_interpreter": not speaks[f"{one.buyer}.1"] & speaks[f"{one.exhibitor}.1"],
        "state": one.state,
        "made_by_id": load.rows.of(User)[one.message.author],
        "made_at": made_at,
        "expires_at": made_at + ANSWERED_WITHIN
        if one.expires_in is None
        else load.now + timedelta(seconds=one.expires_in),
        "answer": answer.body if answer else "",
        "answered_by_id": load.rows.of(User)[answer.author] if answer else None,
        "answered_at": made_at + timedelta(seconds=answer.after) if answer else None,
    }


def load_inquiries(load: Load) -> None:
    """Each with its conversation of the visitor and everybody of the booth, and its messages, numbered from 1."""
    new = load.rows.missing(Inquiry, load.plan.inquiries)
    conversations = {one.key: Conversation(fair=load.fair, **_open(load, one)) for one in new}
    Conversation.objects.bulk_create(conversations.values())
    load.rows.add(Inquiry, {one.key: _inquiry(load, one, conversations[one.key]) for one in new})
    Member.objects.bulk_create(_members(load, new, conversations))
    Message.objects.bulk_create(
        Message(
            conversation=conversations[one.key],
            seq=number,
            author_id=load.rows.of(User)[message.author],
            client_id=uuid5(MESSAGES, f"{load.fair.slug}/{one.key}/{number}"),
            body=message.body,
            sent_at=load.anchor.instant(one.opened) + timedelta(seconds=message.after),
        )
        for one in new
        for number, message in enumerate(one.messages, start=1)
    )
    TopicVersion.objects.bulk_create(
        TopicVersion(topic=conversations[one.key].topic, version=len(one.messages)) for one in new
    )


def _open(load: Load, one: DemoInquiry) -> dict[str, object]:
    opened = load.anchor.instant(one.opened)
    return {"created_at": opened, "last_message_at": opened + timedelta(seconds=one.messages[-1].after)}


def _inquiry(load: Load, one: DemoInquiry, conversation: Conversation) -> Inquiry:
    return Inquiry(
        fair=load.fair,
        booth_id=load.rows.of(Booth)[one.exhibitor],
        visitor_id=load.rows.of(User)[one.messages[0].author],
        conversation=conversation,
        opened_at=load.anchor.instant(one.opened),
    )


def _members(load: Load, new: list[DemoInquiry], conversations: dict[str, Conversation]) -> list[Member]:
    """The visitor has read everything, the booth what came before its last answer."""
    staff: dict[str, list[str]] = defaultdict(list)
    for person in load.plan.people:
        staff[person.company or ""].append(person.key)
    members = []
    for one in new:
        asker = one.messages[0].author
        answers = [number for number, message in enumerate(one.messages, start=1) if message.author != asker]
        marks = {asker: len(one.messages)} | dict.fromkeys(staff[one.exhibitor], max(answers, default=0))
        members += [
            Member(
                conversation=conversations[one.key],
                user_id=load.rows.of(User)[key],
                participation_id=load.rows.of(Participation)[one.buyer if key == asker else one.exhibitor],
                read_up_to=mark,
            )
            for key, mark in marks.items()
        ]
    return members
