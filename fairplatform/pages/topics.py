"""A person's own topic: what happens to them anywhere, for whichever page they have open."""

from typing import Any, ClassVar

from django.utils import timezone

from booths.protocol import VisitStarted
from chat.protocol import ConversationRead, MessageArrived
from chat.queries import unread_by_conversation
from fairplatform.accounts.models import User
from fairplatform.notices.actions import mark_read, unread
from fairplatform.notices.protocol import NoticeCreated, NoticesRead, ReadNotice
from fairplatform.policy import load
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Event
from fairplatform.realtime.topics import JoinResult, Topic

from .protocol import MeSnapshot


class MeTopic(Topic):
    prefix = "me"
    permission = "me.watch"
    events: ClassVar[tuple[type[Event], ...]] = (
        NoticeCreated,
        NoticesRead,
        MessageArrived,
        ConversationRead,
        VisitStarted,
    )
    permissions: ClassVar[dict[str, str]] = {"notice.read": "notice.read"}

    def authorize(self) -> None:
        self.person: Any = load(User, self.actor, self.permission, pk=self.row)

    def snapshot(self, after: int | None) -> JoinResult[MeSnapshot]:
        """Numbers to show on every page: unread notices, and unread messages of each conversation."""
        state = MeSnapshot(
            id=self.person.pk,
            now=timezone.now(),
            notices=unread(self.person),
            messages=unread_by_conversation(self.person),
        )
        return JoinResult(TopicVersion.current([self.name])[self.name], state)

    async def on_notice_read(self, command: ReadNotice) -> None:
        await self.run(mark_read, self.actor, notice=command.notice, now=timezone.now())
