"""A conversation on the socket. Its events are stored messages, so what a page missed is replayed one by one."""

from time import monotonic
from typing import ClassVar

from fairplatform.policy import check, load, may
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Event, PresenceChanged
from fairplatform.realtime.publish import send_ephemeral
from fairplatform.realtime.threads import read_in_thread
from fairplatform.realtime.topics import CommandResult, JoinResult, Topic

from . import actions, queries
from .models import Conversation
from .protocol import (
    ChatSnapshot,
    LoadMessages,
    MarkRead,
    MessagePage,
    MessagePosted,
    NumberedMessage,
    PostMessage,
    ReportTyping,
    TypingStarted,
)
from .sql import MessageRow

REPLAY_PAGE = 100  # messages
TYPING_SECONDS = 2.0  # at least, from one typing event of a socket to its next


class ChatTopic(Topic):
    """One socket's view of a conversation."""

    prefix = "chat"
    permission = "conversation.read"
    events: ClassVar[tuple[type[Event], ...]] = (MessagePosted, TypingStarted)
    has_presence = True
    permissions: ClassVar[dict[str, str]] = {
        "message.post": "conversation.write",
        "messages.load": "conversation.read",
        "typing.report": "conversation.write",
        "read.mark": "conversation.read",
    }
    typed_at = float("-inf")

    def authorize(self) -> None:
        self.conversation: Conversation = load(Conversation, self.actor, self.permission, pk=self.object_id)

    def snapshot(self, after: int | None) -> JoinResult[ChatSnapshot]:
        """The newest page of messages; to a page that has some already, those after `after`, a hundred at a time."""
        newest = None if after is None else TopicVersion.current([self.name])[self.name]
        if after is None or newest is None or after > newest:
            messages, has_earlier = queries.newest_rows(self.conversation)
            # A conversation's number is that of its newest message.
            return JoinResult(messages[-1].seq if messages else 0, self._snapshot(messages, has_earlier))
        missed = queries.messages_after(self.conversation, after, REPLAY_PAGE)
        replay: list[tuple[int, Event]] = [(message.seq, _posted(message)) for message in missed]
        more = newest > after + len(missed)
        return JoinResult(newest, self._snapshot(None, has_earlier=True), replay, more=more)

    def _snapshot(self, messages: list[MessageRow] | None, has_earlier: bool) -> ChatSnapshot:
        members, people = queries.members_and_authors(self.conversation, messages or [], self.actor.person)
        return ChatSnapshot(
            me=self.actor.person.pk,
            members=members,
            here=sorted(self.here & {member.id for member in members}),
            read_up_to=self.conversation.read_up_to,
            may_write=may(self.actor, "conversation.write", self.conversation),
            messages=None if messages is None else queries.with_authors(messages, people),
            earlier=has_earlier,
        )

    async def presence_event(self, here: set[int]) -> Event:
        """In a large conversation only the lowest keys: those are the members that a snapshot names, too."""
        return PresenceChanged(here=sorted(here)[: queries.MAX_OTHER_MEMBERS + 1])

    async def on_message_post(self, command: PostMessage) -> CommandResult[None]:
        message = await actions.apost_message(
            self.actor, conversation=self.object_id, client_id=command.client_id, body=command.body
        )
        return CommandResult(seq=message.seq)

    async def on_messages_load(self, command: LoadMessages) -> CommandResult[MessagePage]:
        return CommandResult(snapshot=await read_in_thread(self._older, command.before))

    def _older(self, before: int) -> MessagePage:
        self.authorize()
        messages, has_earlier = queries.newest(self.conversation, before=before)
        return MessagePage(messages=messages, earlier=has_earlier)

    async def on_typing_report(self, command: ReportTyping) -> None:
        if monotonic() - self.typed_at >= TYPING_SECONDS:
            self.typed_at = monotonic()
            await read_in_thread(self._may_type)
            await send_ephemeral(self.name, TypingStarted(person=self.actor.person.pk))

    def _may_type(self) -> None:
        self.authorize()
        check(self.actor, "conversation.write", self.conversation)

    async def on_read_mark(self, command: MarkRead) -> None:
        await self.run(actions.mark_read, self.actor, conversation=self.object_id, up_to=command.up_to)


def _posted(message: NumberedMessage) -> MessagePosted:
    return MessagePosted.model_validate(message.model_dump(exclude={"seq"}))
