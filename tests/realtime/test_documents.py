"""The TypeScript types of the socket, generated from a topic of the tests."""

from typing import ClassVar, Literal

from fairplatform.realtime.documents import typescript
from fairplatform.realtime.protocol import Command, Message
from fairplatform.realtime.topics import CommandResult, JoinResult, Topic
from tests.realtime.counter import CounterRaised


class CounterState(Message):
    """How far the counter is."""

    counter: int


class CounterHistory(Message):
    """All its earlier states."""

    states: list[CounterState] = []


class LoadHistory(Command):
    """Ask for them."""

    type: Literal["history.load"] = "history.load"
    limit: int = 10


class HistoryTopic(Topic):
    """A counter with a history."""

    prefix = "counter"
    permission = "page.signed_in"
    permissions: ClassVar = {"history.load": "page.signed_in"}
    events = (CounterRaised,)
    has_presence = True

    def snapshot(self, after: int | None) -> JoinResult[CounterState]:
        return JoinResult(seq=0, snapshot=CounterState(counter=0))

    async def on_history_load(self, command: LoadHistory) -> CommandResult[CounterHistory]:
        return CommandResult(snapshot=CounterHistory())


def declaration(name: str) -> str:
    """The lines between the braces of an exported interface."""
    text = typescript({"counter": HistoryTopic})
    return text.partition(f"export interface {name} {{\n")[2].partition("\n}\n")[0]


def test_a_topic_has_a_snapshot_commands_and_events_with_presence_among_them() -> None:
    assert declaration("Topics").split("\n") == [
        "  counter: {",
        "    snapshot: CounterState;",
        "    command: LoadHistory;",
        "    event: CounterRaised | PresenceChanged;",
        "  };",
    ]


def test_a_command_with_a_reply_of_its_own_names_it() -> None:
    assert declaration("Replies") == '  "history.load": CounterHistory;'


def test_a_client_may_leave_out_what_has_a_default_and_the_server_leaves_out_nothing() -> None:
    assert declaration("LoadHistory").split("\n") == [
        '  type: "history.load";',
        "  ref: number;",
        "  topic: string;",
        "  limit?: number;",
    ]
    assert declaration("CounterHistory") == "  states: Array<CounterState>;"


def test_an_event_has_its_topic_and_unless_it_is_ephemeral_a_number() -> None:
    assert declaration("CounterRaised").split("\n") == [
        '  type: "counter.raised";',
        "  by: number;",
        "  topic: string;",
        "  seq?: number;",
    ]
