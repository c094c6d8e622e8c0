"""Socket messages about conversations."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from fairplatform.realtime.protocol import Command, Event, Message, Person

Number = Annotated[int, Field(ge=0, le=2**53)]
# Longer than a message may be, so that one that is too long is refused with a sentence about its length.
Body = Annotated[str, StringConstraints(max_length=20_000)]


class PostMessage(Command):
    """Write a message. `client_id` is chosen by the sender; a message sent again with the same one is stored once."""

    type: Literal["message.post"] = "message.post"
    client_id: UUID
    body: Body


class LoadMessages(Command):
    """Load up to 50 messages older than number `before`."""

    type: Literal["messages.load"] = "messages.load"
    before: Number


class ReportTyping(Command):
    """The person is typing; published at most every two seconds."""

    type: Literal["typing.report"] = "typing.report"


class MarkRead(Command):
    """Mark all messages up to this number as read."""

    type: Literal["read.mark"] = "read.mark"
    up_to: Number


class MessagePosted(Event):
    """A message was stored. The event's `seq` is its number in the conversation: 1, 2, 3 … without a gap."""

    type: Literal["message.posted"] = "message.posted"
    client_id: UUID
    author: Person
    on_behalf_of: Person | None = None
    body: str
    sent_at: datetime


class NumberedMessage(MessagePosted):
    """A message in a snapshot, with its number."""

    seq: Number


class TypingStarted(Event):
    """Somebody is typing (ephemeral; forget it after five seconds)."""

    type: Literal["typing.started"] = "typing.started"
    person: int


class ChatSnapshot(Message):
    """The state of a conversation for whoever joins. `messages` is null when missed ones are replayed instead.

    `earlier`: there are older messages to load. `members`: oneself and at most 30 others, those with the lowest keys.
    `here`: which of them have it open now.
    """

    me: int
    members: list[Person]
    here: list[int]
    read_up_to: Number
    may_write: bool
    messages: list[NumberedMessage] | None
    earlier: bool


class MessagePage(Message):
    """Older messages, oldest first."""

    messages: list[NumberedMessage]
    earlier: bool


class MessageArrived(Event):
    """On a member's own topic: somebody else wrote in one of their conversations.

    In a conversation with more than 100 members it is sent to nobody: those who have it open get `message.posted`.
    """

    type: Literal["message.arrived"] = "message.arrived"
    conversation: int
    fair: str
    number: Number
    author: Person
    opening: str


class ConversationRead(Event):
    """On a member's own topic: how many messages of a conversation they have not read."""

    type: Literal["conversation.read"] = "conversation.read"
    conversation: int
    up_to: Number
    unread: Number
