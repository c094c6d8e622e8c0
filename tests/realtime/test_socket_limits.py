"""As many sockets as a person and an address may have, and not one more."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from prometheus_client import REGISTRY

from fairplatform.realtime.socket_limits import SOCKET_LIMITS, SocketLimits
from tests.factories import make_person
from tests.realtime.client import ORIGIN, cookie, session_of
from tests.realtime.counter import CounterClient

HALL = "198.51.100.7"


def test_a_person_an_address_and_its_visitors_are_counted_apart(settings: Any) -> None:
    settings.SOCKETS_PER_PERSON, settings.SOCKETS_PER_ADDRESS, settings.VISITOR_SOCKETS_PER_ADDRESS = 2, 5, 3
    limits = SocketLimits()
    entered = [limits.acquire(person, HALL) for person in ("a", "a", "a", "", "", "", "")]
    # Two of the person, three visitors; then the address is full for another person too, and no other address is.
    assert [names is not None for names in entered] == [True, True, False, True, True, True, False]
    assert (limits.acquire("b", HALL), limits.acquire("b", "198.51.100.8") is not None) == (None, True)
    assert limits.acquire("a", "198.51.100.8") is None
    for names in entered:
        limits.release(names or ())
    assert dict(limits.counts) == {"address 198.51.100.8": 1, "b": 1}


def test_a_hall_has_room_for_its_people_and_a_person_for_their_pages() -> None:
    limits = SocketLimits()
    assert None not in [limits.acquire(f"person:{number}", HALL) for number in range(500) for _page in range(3)]
    assert None not in [limits.acquire("", HALL) for _visitor in range(500)]


def closed_over_the_limit() -> float:
    return REGISTRY.get_sample_value("fair_sockets_closed_total", {"code": "4430"}) or 0


async def come(address: str, *headers: tuple[bytes, bytes]) -> CounterClient:
    client = CounterClient(*headers, ORIGIN)
    client.wire = WebsocketCommunicator(CounterClient.application, "/ws/", headers=[*headers, ORIGIN])
    client.wire.scope["client"] = [address, 4711]
    assert (await client.wire.connect(timeout=5))[0]
    return client


@pytest.mark.django_db(transaction=True)
async def test_one_too_many_is_closed_with_its_code_until_another_has_gone(settings: Any) -> None:
    settings.SOCKETS_PER_PERSON, settings.VISITOR_SOCKETS_PER_ADDRESS = 2, 1
    before, closed = dict(SOCKET_LIMITS.counts), closed_over_the_limit()
    key = await sync_to_async(lambda: session_of(make_person()))()
    pages = [await come(HALL, cookie(key)) for _ in range(3)]
    visitors = [await come(HALL) for _ in range(2)]
    assert [await client.closed_with() for client in (pages[2], visitors[1])] == [4430, 4430]
    for client in (pages[0], pages[1], visitors[0]):
        assert (await client.send("join"))["type"] == "ok"
    await pages[0].close()
    again = await come(HALL, cookie(key))
    assert (await again.send("join"))["type"] == "ok"
    for client in (pages[1], again, visitors[0]):
        await client.close()
    assert (dict(SOCKET_LIMITS.counts), closed_over_the_limit() - closed) == (before, 2)


@pytest.mark.django_db(transaction=True)
async def test_two_browsers_of_one_demonstration_person_have_their_own_limits(settings: Any) -> None:
    settings.SOCKETS_PER_PERSON = 1
    person = await sync_to_async(lambda: make_person(is_demo=True))()
    keys = [await sync_to_async(session_of)(person) for _ in range(2)]
    first, second, third = [await come(HALL, cookie(key)) for key in (*keys, keys[0])]
    assert await third.closed_with() == 4430
    assert [(await page.send("join"))["type"] for page in (first, second)] == ["ok", "ok"]
    for page in (first, second):
        await page.close()
