"""The topic of a page of the booth office: which colleagues have it open, and what they type, for them alone."""

import re
from collections.abc import Set
from typing import ClassVar

from booths.models import Booth
from booths.own_booth import load_own
from fairplatform.errors import Refused
from fairplatform.fairs.people import people_by_key
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Event, Person
from fairplatform.realtime.threads import read_in_thread
from fairplatform.realtime.topics import JoinResult, Topic

from .drafts.subject import Subject
from .protocol import ColleaguesChanged, DraftChanged, DraftSnapshot

_KEY = re.compile(r"(?P<booth>[1-9][0-9]{0,15})(?:-(?P<product>[1-9][0-9]{0,15}))?")


class BoothOfficeTopic(Topic):
    """`office:<booth>` for the texts of a booth, `office:<booth>-<product>` for a product. Versioned."""

    prefix = "office"
    permission = "booth.keep"
    events: ClassVar[tuple[type[Event], ...]] = (DraftChanged, ColleaguesChanged)
    has_presence = True

    def authorize(self) -> None:
        key = _KEY.fullmatch(self.key)
        booth = Booth.objects.select_related("fair").filter(pk=key["booth"]).first() if key else None
        if key is None or booth is None:
            raise Refused("not_found")
        self.booth = load_own(self.actor, "booth.keep", booth.fair.slug)
        if self.booth.pk != booth.pk:
            raise Refused("not_found")
        self.subject = Subject.of(self.booth, self.actor.person, int(key["product"]) if key["product"] else None)

    def snapshot(self, after: int | None) -> JoinResult[DraftSnapshot]:
        state = DraftSnapshot(inputs=self.subject.form().told(), here=self._people(self.here))
        return JoinResult(TopicVersion.current([self.name])[self.name], state)

    async def presence_event(self, here: set[int]) -> Event:
        return ColleaguesChanged(here=await read_in_thread(self._people, here))

    def _people(self, here: Set[int]) -> list[Person]:
        return list(people_by_key(here, self.booth.fair_id).values())
