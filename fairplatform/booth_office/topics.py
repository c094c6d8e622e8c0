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

_KEY = re.compile(r"(?P<booth>[1-9][0-9]{0,15})(?:-(?:(?P<product>[1-9][0-9]{0,15})|(?P<page>new|files|staff)))?")


class BoothOfficeTopic(Topic):
    """`office:<booth>` for the texts of a booth, `office:<booth>-<product>` for a product. Versioned.

    `office:<booth>-new`, `-files` and `-staff` tell only who has the page open: a new product is its writer's, and
    files and people are stored as they are sent.
    """

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
        which = int(key["product"]) if key["product"] else None
        self.subject = None if key["page"] else Subject.of(self.booth, self.actor.person, which)

    def snapshot(self, after: int | None) -> JoinResult[DraftSnapshot]:
        inputs = self.subject.form().told() if self.subject else {}
        state = DraftSnapshot(inputs=inputs, here=self._people(self.here))
        return JoinResult(TopicVersion.current([self.name])[self.name], state)

    async def presence_event(self, here: set[int]) -> Event:
        return ColleaguesChanged(here=await read_in_thread(self._people, here))

    def _people(self, here: Set[int]) -> list[Person]:
        return list(people_by_key(here, self.booth.fair_id).values())
