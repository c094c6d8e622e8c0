"""The topic of a fair's control room: its running meetings and its figures, for organisers alone."""

from typing import ClassVar

from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.policy import load
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Event
from fairplatform.realtime.topics import JoinResult, Topic
from meetings.figures.protocol import LineMeasured, LobbyChanged, OutcomeAgreed, TileChanged, TotalsChanged

from .protocol import ControlRoomSnapshot
from .snapshot import snapshot


class ControlRoomTopic(Topic):
    """`monitor:<slug>`. Versioned: after a gap the page joins again and gets a fresh snapshot."""

    prefix = "monitor"
    permission = "control.see"
    events: ClassVar[tuple[type[Event], ...]] = (TileChanged, LineMeasured, LobbyChanged, TotalsChanged, OutcomeAgreed)

    def authorize(self) -> None:
        self.fair: Fair = load(Fair, self.actor, self.permission, slug=self.key)

    def snapshot(self, after: int | None) -> JoinResult[ControlRoomSnapshot]:
        return JoinResult(TopicVersion.current([self.name])[self.name], snapshot(self.fair, timezone.now()))
