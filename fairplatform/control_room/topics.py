"""The control room's topic: everything that happens to the fair's meetings, for its organisers alone."""

from typing import ClassVar

from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.policy import load
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Event
from fairplatform.realtime.topics import JoinResult, Topic
from meetings.figures.protocol import LineMeasured, LobbyChanged, OutcomeAgreed, TileChanged, TotalsChanged

from .board import snapshot
from .protocol import ControlRoomSnapshot


class MonitorTopic(Topic):
    prefix = "monitor"
    permission = "control.see"
    events: ClassVar[tuple[type[Event], ...]] = (TileChanged, LineMeasured, LobbyChanged, TotalsChanged, OutcomeAgreed)

    def authorize(self) -> None:
        self.fair: Fair = load(Fair, self.actor, self.permission, slug=self.key)

    def snapshot(self, after: int | None) -> JoinResult[ControlRoomSnapshot]:
        """Tiles of this slot and the next one, the figures, what was agreed last."""
        return JoinResult(TopicVersion.current([self.name])[self.name], snapshot(self.fair, timezone.now()))
