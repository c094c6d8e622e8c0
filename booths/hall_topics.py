"""The topics of a hall and of all halls of a fair, for everybody: which staff are at which booth, how many visitors."""

from typing import ClassVar

from fairplatform.fairs.models import Fair, Hall
from fairplatform.policy import load
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Event
from fairplatform.realtime.topics import JoinResult, Topic

from .hall_presence import counts_of, in_booths, in_halls
from .protocol import HallHeadcountChanged, HallSnapshot, HallsSnapshot, HeadcountChanged


class HallTopic(Topic):
    """`hall:<id>`: the booths of a hall that have somebody there."""

    prefix = "hall"
    permission = "hall.see"
    events: ClassVar[tuple[type[Event], ...]] = (HallHeadcountChanged,)

    def authorize(self) -> None:
        self.hall: Hall = load(Hall, self.actor, self.permission, pk=self.object_id)

    def snapshot(self, after: int | None) -> JoinResult[HallSnapshot]:
        hall_of, counts = counts_of(self.hall.fair)
        here = {booth: count for booth, count in counts.items() if hall_of.get(booth) == self.hall.pk}
        return JoinResult(TopicVersion.current([self.name])[self.name], HallSnapshot(booths=in_booths(here)))


class HallsTopic(Topic):
    """`halls:<slug>`: the halls of a fair that have somebody there."""

    prefix = "halls"
    permission = "fair.see"
    events: ClassVar[tuple[type[Event], ...]] = (HeadcountChanged,)

    def authorize(self) -> None:
        self.fair: Fair = load(Fair, self.actor, self.permission, slug=self.key)

    def snapshot(self, after: int | None) -> JoinResult[HallsSnapshot]:
        here = in_halls(*counts_of(self.fair))
        snapshot = HallsSnapshot(halls=sorted(here.values(), key=lambda one: one.hall))
        return JoinResult(TopicVersion.current([self.name])[self.name], snapshot)
