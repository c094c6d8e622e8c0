"""Credentials of the relay."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

from meetings.protocol.room import IceServer
from meetings.turn import ice_servers

END = datetime(2020, 5, 14, 7, 25, tzinfo=UTC)


def test_ice_servers_are_none_without_a_relay_of_our_own(settings: Any) -> None:
    settings.TURN_URLS, settings.TURN_SECRET = [], ""
    assert ice_servers("abcdefgh", END) == []


def test_ice_servers_carry_credentials_that_end_a_quarter_of_an_hour_after_the_meeting(
    settings: Any,
) -> None:
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:fair.example:3478"], "secret"
    username = f"{int(END.timestamp()) + 900}:abcdefgh"
    expected = base64.b64encode(hmac.new(b"secret", username.encode(), hashlib.sha1).digest()).decode()
    assert ice_servers("abcdefgh", END) == [
        IceServer(urls=["turn:fair.example:3478"], username=username, credential=expected)
    ]
