"""A topic of the tests: a number that its members raise, stored only as the version of the topic."""

from typing import ClassVar, Literal

from django.db import transaction

from fairplatform.accounts.socket_auth import authenticate
from fairplatform.errors import Refused
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Command, Event
from fairplatform.realtime.publish import publish
from fairplatform.realtime.socket import Socket
from fairplatform.realtime.topics import CommandResult, JoinResult, Topic
from tests.realtime.client import Client


class CounterRaise(Command):
    """Raise the counter."""

    type: Literal["counter.raise"] = "counter.raise"
    by: int = 1


class CounterBreak(Command):
    """Fail as a defect of ours would."""

    type: Literal["counter.break"] = "counter.break"


class CounterRaised(Event):
    """The counter went up."""

    type: Literal["counter.raised"] = "counter.raised"
    by: int


def raise_counter(topic: str, by: int = 1) -> int:
    with transaction.atomic():
        return publish(topic, CounterRaised(by=by))


class CounterTopic(Topic):
    """Anybody signed in may join `counter:open`; `counter:closed` is closed to all."""

    prefix = "counter"
    permission = "page.signed_in"
    permissions: ClassVar = {"counter.raise": "page.signed_in", "counter.break": "page.signed_in"}
    events = (CounterRaised,)
    has_presence = True
    closed: ClassVar[set[str]] = {"closed"}

    def authorize(self) -> None:
        if self.key in self.closed:
            raise Refused("not_found")

    def snapshot(self, after: int | None) -> JoinResult[dict[str, int]]:
        number = TopicVersion.current([self.name])[self.name]
        return JoinResult(seq=number, snapshot={"counter": number})

    async def on_raise(self, command: CounterRaise) -> CommandResult[None]:
        return CommandResult(seq=await self.run(raise_counter, self.name, command.by))

    async def on_break(self, command: CounterBreak) -> None:
        raise RuntimeError("broken on purpose")


class CounterClient(Client):
    """A page of a program that has no other topic."""

    application = staticmethod(Socket.as_asgi(topics={"counter": CounterTopic}, authenticate=authenticate))
