"""A cookie that cannot be ours is a stranger's, on pages and on the socket alike."""

import re

import pytest
from django.conf import settings
from django.test import Client

from fairplatform.accounts.sessions import SessionStore
from tests.factories import make_person
from tests.realtime.client import ORIGIN, cookie, session_of
from tests.realtime.client import Client as SocketClient

pytestmark = pytest.mark.either("fairplatform.accounts.sessions")

NOT_OURS = ["\0\0aaaaaaaaaaaa", "aaaaaaaa aaaaaaaa", "ascii-but-dashes", "二二二二二二二二二", "short", ""]


@pytest.mark.parametrize("key", NOT_OURS)
def test_what_cannot_be_a_key_is_none(key: str) -> None:
    assert SessionStore(key).session_key is None


@pytest.mark.django_db
def test_a_valid_session_key_is_accepted(client: Client) -> None:
    person = make_person()
    key = session_of(person)
    # 32 of 36 letters and digits, each as likely as the others: 165 bits.
    assert re.fullmatch("[0-9a-z]{32}", key)
    assert SessionStore(key).session_key == key
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/notices/").status_code == 200
    client.cookies[settings.SESSION_COOKIE_NAME] = "\0\0aaaaaaaaaaaa"
    assert client.get("/notices/").status_code == 302


@pytest.mark.django_db(transaction=True)
async def test_the_socket_says_that_such_a_session_has_ended() -> None:
    client = SocketClient(cookie('"\\000\\000aaaaaaaaaaaa"'), ORIGIN)
    await client.wire.connect(timeout=5)
    assert await client.closed_with() == 4401
