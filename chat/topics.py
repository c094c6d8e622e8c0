"""A conversation on the socket: logged, so that what was missed is replayed message by message."""

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
from .posting import Post
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
from .statements import Line
from .writer import WRITER

REPLAY_PAGE = 100
TYPING_SECONDS = 2.0


class ChatTopic(Topic):
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
        self.conversation: Conversation = load(Conversation, self.actor, self.permission, pk=self.row)

    def snapshot(self, after: int | None) -> JoinResult[ChatSnapshot]:
        """The newest page at first; afterwards what was missed, a hundred messages at a time."""
        number = None if after is None else TopicVersion.current([self.name])[self.name]
        if after is None or number is None or after > number:
            messages, earlier = queries.page(self.conversation)
            # A conversation's number is that of its newest message.
            return JoinResult(messages[-1].seq if messages else 0, self._state(messages, earlier))
        missed = queries.after(self.conversation, after, REPLAY_PAGE)
        replay: list[tuple[int, Event]] = [(m.seq, _posted(m)) for m in missed]
        return JoinResult(number, self._state(None, earlier=True), replay, more=number > after + len(missed))

    def _state(self, messages: list[Line] | None, earlier: bool) -> ChatSnapshot:
        members, people = queries.circle(self.conversation, messages or [], self.actor.person)
        return ChatSnapshot(
            me=self.actor.person.pk,
            members=members,
            here=sorted(self.here & {member.id for member in members}),
            read_up_to=self.conversation.read_up_to,
            may_write=may(self.actor, "conversation.write", self.conversation),
            messages=None if messages is None else queries.signed(messages, people),
            earlier=earlier,
        )

    async def presence_event(self, here: set[int]) -> Event:
        """A crowd is told of those it knows the names of: the members of a snapshot have the lowest keys too."""
        return PresenceChanged(here=sorted(here)[: queries.MOST_OTHERS + 1])

    async def on_message_post(self, command: PostMessage) -> CommandResult[None]:
        message = await WRITER.post(Post(self.actor, self.row, command.client_id, command.body))
        return CommandResult(seq=message.seq)

    async def on_messages_load(self, command: LoadMessages) -> CommandResult[MessagePage]:
        return CommandResult(snapshot=await read_in_thread(self._older, command.before))

    def _older(self, before: int) -> MessagePage:
        self.authorize()
        messages, earlier = queries.newest(self.conversation, before=before)
        return MessagePage(messages=messages, earlier=earlier)

    async def on_typing_report(self, command: ReportTyping) -> None:
        if monotonic() - self.typed_at >= TYPING_SECONDS:
            self.typed_at = monotonic()
            await read_in_thread(self._may_type)
            await send_ephemeral(self.name, TypingStarted(person=self.actor.person.pk))

    def _may_type(self) -> None:
        self.authorize()
        check(self.actor, "conversation.write", self.conversation)

    async def on_read_mark(self, command: MarkRead) -> None:
        await self.run(actions.mark_read, self.actor, conversation=self.row, up_to=command.up_to)


def _posted(message: NumberedMessage) -> MessagePosted:
    return MessagePosted.model_validate(message.model_dump(exclude={"seq"}))
