"""The topic of a booth: everybody may join it; only the booth's own staff learn who the visitors are."""

from collections.abc import Set
from typing import ClassVar

from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.fairs.people import people_by_key
from fairplatform.policy import check, load, may
from fairplatform.realtime.hub import HUB
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Event, Person
from fairplatform.realtime.threads import read_in_thread
from fairplatform.realtime.topics import CommandResult, JoinResult, Topic

from . import actions, booth_state
from .hall_presence import publish_headcount_soon
from .models import Booth
from .protocol import BoothPresenceChanged, BoothSnapshot, LoadVisitors, Visitors


class BoothTopic(Topic):
    prefix = "booth"
    permission = "booth.watch"
    events: ClassVar[tuple[type[Event], ...]] = (BoothPresenceChanged,)
    has_presence = True
    permissions: ClassVar[dict[str, str]] = {"visitors.load": "booth.attend"}

    def authorize(self) -> None:
        self.booth: Booth = load(Booth, self.actor, self.permission, pk=self.object_id)
        self.fair = Fair.cached(pk=self.booth.fair_id)
        self.staff = booth_state.staff_of(self.booth)
        self.staff_ids = {row.user_id for row in self.staff}

    def snapshot(self, after: int | None) -> JoinResult[BoothSnapshot]:
        here = self.here
        snapshot = BoothSnapshot(
            staff=[booth_state.staff_member(row) for row in self.staff],
            staff_here=sorted(here & self.staff_ids),
            visitors=len(here - self.staff_ids),
            visitors_here=self._visitors(here) if may(self.actor, "booth.attend", self.booth) else None,
        )
        return JoinResult(TopicVersion.current([self.name])[self.name], snapshot)

    async def after_join(self) -> None:
        await self.run(actions.record_visit, self.actor, booth=self.object_id, now=timezone.now())

    async def presence_event(self, here: set[int]) -> Event:
        if self.fair:
            publish_headcount_soon(self.fair, self.booth.pk)
        return BoothPresenceChanged(staff_here=sorted(here & self.staff_ids), visitors=len(here - self.staff_ids))

    async def on_visitors_load(self, command: LoadVisitors) -> CommandResult[Visitors]:
        visitors = await read_in_thread(self._load_visitors)
        return CommandResult(snapshot=Visitors(visitors_here=visitors))

    def _load_visitors(self) -> list[Person]:
        self.authorize()
        check(self.actor, "booth.attend", self.booth)
        return self._visitors(HUB.here(self.name))

    def _visitors(self, here: Set[int]) -> list[Person]:
        return list(people_by_key(here - self.staff_ids, self.booth.fair_id).values())
