"""Clients of every role send random commands to every topic, in any order: nothing breaks, and no other client
notices."""

import asyncio
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from fairplatform.accounts import socket_auth as identity_module
from fairplatform.realtime import socket as socket_module
from tests.matrix.test_socket_messages import COMMANDS, THINGS, opened
from tests.matrix.world import PEOPLE, World, make_world
from tests.realtime.client import Client
from tests.sizes import full

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either]
scalars = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=40)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
sdp_lines = st.lists(
    st.sampled_from(["v=0", "o=- 1 1 IN IP4 0.0.0.0", "m=video 9 UDP/TLS/RTP/SAVPF 96", "a=candidate:", "\r", "\0"])
    | st.text(max_size=60),
    max_size=30,
).map("\r\n".join)
sdp = sdp_lines | st.just("a=x\r\n" * 12_000)


@st.composite
def commands(draw: st.DrawFn) -> dict[str, Any]:
    """A valid command with some of its fields left out, replaced, or added."""
    kind = draw(st.sampled_from(sorted(COMMANDS)))
    frame = {"type": kind, **COMMANDS[kind]}
    for field in draw(st.lists(st.sampled_from([*frame, "body", "sdp", "candidate", "to", "after"]), max_size=2)):
        if draw(st.booleans()):
            frame.pop(field, None)
        else:
            frame[field] = draw(sdp if field in {"sdp", "candidate"} else anything)
    return frame


class RandomClients(RuleBasedStateMachine):
    """Sockets of random people; `bystander` only reads a conversation."""

    world: World
    runner: asyncio.Runner
    bystander: Client
    sockets = Bundle("sockets")

    def run(self, act: Any) -> Any:
        return self.runner.run(act)

    @rule(target=sockets, name=st.sampled_from(PEOPLE))
    def open(self, name: str) -> Client:
        return self.run(opened(self.world, name))

    @rule(client=sockets, prefix=st.sampled_from(sorted(THINGS)))
    def join(self, client: Client, prefix: str) -> None:
        self.send_and_check(client, {"type": "join"}, prefix)

    @rule(client=sockets, prefix=st.sampled_from(sorted(THINGS)), after=anything)
    def join_again(self, client: Client, prefix: str, after: Any) -> None:
        self.send_and_check(client, {"type": "join", "after": after}, prefix)

    @rule(client=sockets, prefix=st.sampled_from(sorted(THINGS)), command=commands())
    def command(self, client: Client, prefix: str, command: dict[str, Any]) -> None:
        self.send_and_check(client, command, prefix)

    @rule(client=sockets, prefix=st.sampled_from(sorted(THINGS)))
    def leave(self, client: Client, prefix: str) -> None:
        self.send_and_check(client, {"type": "leave"}, prefix)

    @rule(client=sockets, text=st.text(min_size=1, max_size=200) | anything.map(json.dumps))
    def send_text(self, client: Client, text: str) -> None:
        self.run(client.wire.send_to(text_data=text))

    @rule(client=sockets, octets=st.binary(min_size=1, max_size=100))
    def send_bytes(self, client: Client, octets: bytes) -> None:
        self.run(client.wire.send_to(bytes_data=octets))

    @rule(client=consumes(sockets))
    def close(self, client: Client) -> None:
        self.run(client.close())

    def send_and_check(self, client: Client, frame: dict[str, Any], prefix: str) -> None:
        """Sends a command; its answer must not be `failed`, which stands for a defect of ours."""
        key = THINGS[prefix][1](self.world)
        topic = f"{prefix}:{key}" if key else prefix
        client.ref += 1
        text = json.dumps({"ref": client.ref, "topic": topic} | frame)
        self.run(client.wire.send_to(text_data=text))
        # Whatever the answer was, the next command of the same socket is answered.
        answer = self.run(client.send("leave", "fair:nowhere"))
        assert answer["type"] == "ok"
        assert [f for f in client.frames if f.get("code") == "failed"] == []

    @invariant()
    def bystander_can_still_join(self) -> None:
        answer = self.run(self.bystander.send("join", f"chat:{self.world.things['conversation'].pk}"))
        assert answer["type"] == "ok"
        self.bystander.frames.clear()


def test_random_commands_break_nothing(monkeypatch, caplog) -> None:
    monkeypatch.setattr(identity_module, "PERSON_BURST", 1e6)  # the limits have tests of their own
    monkeypatch.setattr(socket_module, "BURST", 1e6)
    world = make_world()
    with asyncio.Runner() as runner:
        bystander = runner.run(opened(world, "seller"))
        machine = type("Machine", (RandomClients,), {"world": world, "runner": runner, "bystander": bystander})
        run_state_machine_as_test(
            machine,
            settings=hypothesis_settings(max_examples=full(100, small=12), stateful_step_count=25),
        )
        with suppress(TimeoutError):
            runner.run(bystander.close())
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
