"""Credentials of the relay, and how much it gives to whom."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from meetings.call.actions import SEATS
from meetings.call.ice_servers import ice_servers
from meetings.call.protocol import IceServer

END = datetime(2020, 5, 14, 7, 25, tzinfo=UTC)


def test_ice_servers_are_none_without_a_relay_of_our_own(settings: Any) -> None:
    settings.TURN_URLS, settings.TURN_SECRET = [], ""
    assert ice_servers(15, 4, END) == []


def test_ice_servers_carry_credentials_that_end_a_quarter_of_an_hour_after_the_meeting(
    settings: Any,
) -> None:
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:fair.example:3478"], "secret"
    username = f"{int(END.timestamp()) + 900}:15-4"
    expected = base64.b64encode(hmac.new(b"secret", username.encode(), hashlib.sha1).digest()).decode()
    assert ice_servers(15, 4, END) == [
        IceServer(urls=["turn:fair.example:3478"], username=username, credential=expected)
    ]


def test_a_person_has_one_name_however_often_they_enter_and_another_in_each_meeting(settings: Any) -> None:
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:fair.example:3478"], "secret"
    [name, same, moved, partner, elsewhere] = [
        ice_servers(*who)[0].username.split(":")[1]
        for who in ((1, 2, END), (1, 2, END), (1, 2, END + timedelta(hours=1)), (1, 3, END), (2, 2, END))
    ]
    assert name == same == moved
    assert len({name, partner, elsewhere}) == 3


def test_the_relay_has_a_port_for_every_allocation_it_grants_and_enough_for_a_room_of_four(repository: Path) -> None:
    lines = (repository / "deploy/turnserver.conf").read_text().splitlines()
    said = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    ports = int(said["max-port"]) - int(said["min-port"]) + 1
    transports = 3  # a browser asks by UDP, TCP and TLS
    assert int(said["total-quota"]) <= ports
    assert int(said["user-quota"]) >= 2 * transports * (SEATS - 1) + 10
    # IPv4 inside IPv6 would lead past the IPv4 ranges.
    assert "denied-peer-ip=::ffff:0:0-::ffff:ffff:ffff" in lines
