"""The public topic of a fair: its figures, for everybody who looks."""

from typing import ClassVar

from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.policy import load
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Event
from fairplatform.realtime.topics import JoinResult, Topic
from meetings.figures.counting import count_figures
from meetings.figures.protocol import FiguresChanged, PublicFigures
from meetings.figures.publishing import public_figures


class FairTopic(Topic):
    """`fair:<slug>`."""

    prefix = "fair"
    permission = "fair.see"
    events: ClassVar[tuple[type[Event], ...]] = (FiguresChanged,)

    def authorize(self) -> None:
        load(Fair, self.actor, self.permission, slug=self.key)

    def snapshot(self, after: int | None) -> JoinResult[PublicFigures]:
        fair = Fair.objects.get(slug=self.key)
        counted = public_figures(count_figures(fair, now=timezone.now()))
        return JoinResult(
            TopicVersion.current([self.name])[self.name], PublicFigures(**counted.model_dump(exclude={"type"}))
        )
