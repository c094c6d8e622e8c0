"""Time-limited credentials of the TURN relay, and the quota of the deployed configuration."""

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


def test_there_are_no_ice_servers_without_a_configured_relay(settings: Any) -> None:
    settings.TURN_URLS, settings.TURN_SECRET = [], ""
    assert ice_servers(15, 4, END) == []


def test_credentials_expire_a_quarter_of_an_hour_after_the_meeting(
    settings: Any,
) -> None:
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:fair.example:3478"], "secret"
    username = f"{int(END.timestamp()) + 900}:15-4"
    expected = base64.b64encode(hmac.new(b"secret", username.encode(), hashlib.sha1).digest()).decode()
    assert ice_servers(15, 4, END) == [
        IceServer(urls=["turn:fair.example:3478"], username=username, credential=expected)
    ]


def test_the_quota_name_is_one_for_each_person_and_meeting(settings: Any) -> None:
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:fair.example:3478"], "secret"
    [name, same, moved, partner, elsewhere] = [
        ice_servers(*who)[0].username.split(":")[1]
        for who in ((1, 2, END), (1, 2, END), (1, 2, END + timedelta(hours=1)), (1, 3, END), (2, 2, END))
    ]
    assert name == same == moved
    assert len({name, partner, elsewhere}) == 3


def test_the_relay_has_ports_for_its_quota_and_a_quota_for_a_full_room(repository: Path) -> None:
    lines = (repository / "deploy/turnserver.conf").read_text().splitlines()
    options = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    ports = int(options["max-port"]) - int(options["min-port"]) + 1
    transports = 3  # a browser allocates over UDP, TCP and TLS
    assert int(options["total-quota"]) <= ports
    assert int(options["user-quota"]) >= 2 * transports * (SEATS - 1) + 10
    # IPv4-mapped IPv6 addresses would bypass the IPv4 ranges.
    assert "denied-peer-ip=::ffff:0:0-::ffff:ffff:ffff" in lines
