"""Meeting requests, and the inquiries at booths with their conversations."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID, uuid5

from booths.models import Booth, Inquiry
from chat.models import Conversation, Member, Message
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation, Slot
from fairplatform.realtime.models import TopicVersion
from meetings.models import Meeting, MeetingRequest

from ..plan.events import DemoInquiry, DemoRequest
from .rows import LoaderRun

Interpreting = Meeting.Interpreting
ANSWERED_WITHIN = timedelta(hours=24)
CLIENT_IDS = UUID("6f0f2c1e-51d4-4a0c-9d0b-7a6f2a1c2020")  # the namespace of the messages' client_id


def load_requests(run: LoaderRun) -> None:
    new = run.rows.missing(MeetingRequest, run.plan.requests)
    run.rows.add(
        MeetingRequest,
        {planned.key: MeetingRequest(fair=run.fair, **request_fields(run, planned)) for planned in new},
    )


def request_fields(run: LoaderRun, planned: DemoRequest) -> dict[str, object]:
    """The fields of a meeting request at the opening; a renewal sets them again."""
    asker, asked = (
        (planned.buyer, planned.exhibitor) if planned.asked_by == "buyer" else (planned.exhibitor, planned.buyer)
    )
    made_at = run.anchor.instant(planned.asked)
    speaks = {person.key: set(person.speaks) for person in run.plan.people}
    answer = planned.reply
    return {
        "sender_id": run.rows.ids(Participation)[asker],
        "receiver_id": run.rows.ids(Participation)[asked],
        "slot_id": run.rows.ids(Slot)[planned.slot],
        "note": planned.message.body,
        "interpreting": Interpreting.NOT_NEEDED
        if speaks[f"{planned.buyer}-1"] & speaks[f"{planned.exhibitor}-1"]
        else Interpreting.REQUIRED,
        "state": planned.state,
        "made_by_id": run.rows.ids(User)[planned.message.author],
        "made_at": made_at,
        "expires_at": made_at + ANSWERED_WITHIN
        if planned.expires_in is None
        else run.now + timedelta(seconds=planned.expires_in),
        "answer": answer.body if answer else "",
        "answered_by_id": run.rows.ids(User)[answer.author] if answer else None,
        "answered_at": made_at + timedelta(seconds=answer.after) if answer else None,
    }


def load_inquiries(run: LoaderRun) -> None:
    """Inquiries with a conversation of the buyer and all people of the exhibitor, its messages numbered from 1."""
    new = run.rows.missing(Inquiry, run.plan.inquiries)
    conversations = {planned.key: Conversation(fair=run.fair, **_conversation_times(run, planned)) for planned in new}
    Conversation.objects.bulk_create(conversations.values())
    run.rows.add(Inquiry, {planned.key: _inquiry(run, planned, conversations[planned.key]) for planned in new})
    Member.objects.bulk_create(_members(run, new, conversations))
    Message.objects.bulk_create(
        Message(
            conversation=conversations[planned.key],
            seq=number,
            author_id=run.rows.ids(User)[message.author],
            client_id=uuid5(CLIENT_IDS, f"{run.fair.slug}/{planned.key}/{number}"),
            body=message.body,
            sent_at=run.anchor.instant(planned.opened) + timedelta(seconds=message.after),
        )
        for planned in new
        for number, message in enumerate(planned.messages, start=1)
    )
    TopicVersion.objects.bulk_create(
        TopicVersion(topic=conversations[planned.key].topic, version=len(planned.messages)) for planned in new
    )


def _conversation_times(run: LoaderRun, planned: DemoInquiry) -> dict[str, object]:
    opened = run.anchor.instant(planned.opened)
    return {"created_at": opened, "last_message_at": opened + timedelta(seconds=planned.messages[-1].after)}


def _inquiry(run: LoaderRun, planned: DemoInquiry, conversation: Conversation) -> Inquiry:
    return Inquiry(
        fair=run.fair,
        booth_id=run.rows.ids(Booth)[planned.exhibitor],
        visitor_id=run.rows.ids(User)[planned.messages[0].author],
        conversation=conversation,
        opened_at=run.anchor.instant(planned.opened),
    )


def _members(run: LoaderRun, new: list[DemoInquiry], conversations: dict[str, Conversation]) -> list[Member]:
    """The buyer has read everything, the exhibitor's people everything up to their last answer."""
    staff: dict[str, list[str]] = defaultdict(list)
    for person in run.plan.people:
        staff[person.company or ""].append(person.key)
    members = []
    for planned in new:
        asker = planned.messages[0].author
        answers = [number for number, message in enumerate(planned.messages, start=1) if message.author != asker]
        marks = {asker: len(planned.messages)} | dict.fromkeys(staff[planned.exhibitor], max(answers, default=0))
        members += [
            Member(
                conversation=conversations[planned.key],
                user_id=run.rows.ids(User)[key],
                participation_id=run.rows.ids(Participation)[planned.buyer if key == asker else planned.exhibitor],
                read_up_to=mark,
            )
            for key, mark in marks.items()
        ]
    return members
