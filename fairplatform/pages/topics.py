"""The topics that no one room has: a person's own, and the public one of a fair."""

from typing import ClassVar

from django.utils import timezone

from booths.protocol import VisitStarted
from chat.protocol import ConversationRead, MessageArrived
from chat.queries import unread_by_conversation
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from fairplatform.notices.actions import mark_read, unread
from fairplatform.notices.protocol import NoticeCreated, NoticesRead, ReadNotice
from fairplatform.policy import load
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Event
from fairplatform.realtime.topics import JoinResult, Topic
from meetings.figures.counting import count_figures
from meetings.figures.protocol import FiguresChanged, PublicFigures
from meetings.figures.publishing import public_figures

from .protocol import MeSnapshot


class MeTopic(Topic):
    """`me:<user>`: what happens to one person anywhere. Every page of theirs joins it."""

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
        self.person = load(User, self.actor, self.permission, pk=self.object_id)

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


class FairTopic(Topic):
    """`fair:<slug>`: the figures of a fair, for everybody."""

    prefix = "fair"
    permission = "fair.see"
    events: ClassVar[tuple[type[Event], ...]] = (FiguresChanged,)

    def authorize(self) -> None:
        self.fair = load(Fair, self.actor, self.permission, slug=self.key)

    def snapshot(self, after: int | None) -> JoinResult[PublicFigures]:
        counted = public_figures(count_figures(self.fair, now=timezone.now()))
        return JoinResult(
            TopicVersion.current([self.name])[self.name], PublicFigures(**counted.model_dump(exclude={"type"}))
        )
