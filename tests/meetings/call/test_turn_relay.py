"""A real coturn with the deployed configuration: the credentials it accepts, the peers it reaches, its quota."""

import asyncio
import base64
import hashlib
import hmac
import ssl
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from ipaddress import IPv4Network, ip_address
from itertools import count
from typing import Any

import pytest
from aioice import stun, turn
from django.utils import timezone

from meetings.call.ice_servers import GRACE, ice_servers
from meetings.call.protocol import IceServer
from tests.servers.turn_server import SECRET, TurnServer, turn_urls

GRANTED, UNAUTHORISED, FORBIDDEN, OTHER_FAMILY, TOO_MANY = 0, 401, 403, 443, 486
QUOTA = 40  # of deploy/turnserver.conf
# Special-purpose addresses (RFC 6890), multicast and reserved ones.
INSIDE = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
    )
]  # fmt: skip
# The relay refuses an address that had an allocation a moment ago (437, RFC 8656), so each client has one of its own.
_addresses = map(str, map(ip_address, count(int(ip_address("127.1.0.1")))))


@pytest.fixture(autouse=True)
def _with_this_relay(settings: Any, turn_server: TurnServer) -> None:
    settings.TURN_URLS, settings.TURN_SECRET = [turn_urls(turn_server.address)], SECRET


def credentials(person: int, *, ends_in: timedelta = timedelta(hours=1)) -> IceServer:
    """The credentials of a person admitted to a meeting that ends then."""
    [given] = ice_servers(15, person, timezone.now() + ends_in)
    return given


@asynccontextmanager
async def client(relay: TurnServer, given: IceServer, over: str = "udp") -> AsyncIterator[turn.TurnClientMixin]:
    """A TURN client with these credentials; its allocation is deleted in the end."""
    where = relay.address, relay.tls_port if over == "tls" else relay.port
    kind = turn.TurnClientUdpProtocol if over == "udp" else turn.TurnClientTcpProtocol
    make = partial(kind, where, given.username, given.credential, 600, 500)
    loop = asyncio.get_running_loop()
    here = next(_addresses), 0
    if over == "udp":
        _, one = await loop.create_datagram_endpoint(make, remote_addr=where, local_addr=here)
    else:
        context = whatever_certificate() if over == "tls" else None
        _, one = await loop.create_connection(make, *where, ssl=context, local_addr=here)
    try:
        yield one
    finally:
        await one.delete()


def whatever_certificate() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


async def answer(asking: Coroutine[Any, Any, object]) -> int:
    """The error code of the refusal, or GRANTED."""
    try:
        await asking
    except stun.TransactionFailed as refused:
        return int(refused.response.error_code)
    return GRANTED


async def allocate(relay: TurnServer, given: IceServer, over: str = "udp") -> int:
    """The result of an Allocate request."""
    async with client(relay, given, over) as one:
        return await answer(one.connect())


def permission(one: turn.TurnClientMixin, peer: str) -> Coroutine[Any, Any, object]:
    request = stun.Message(stun.Method.CREATE_PERMISSION, stun.Class.REQUEST)
    request.attributes["XOR-PEER-ADDRESS"] = (peer, 5000)
    return one.request_with_retry(request)


async def test_only_credentials_of_the_program_are_accepted_over_every_transport(turn_server: TurnServer) -> None:
    good, late = credentials(4), credentials(4, ends_in=-GRACE - timedelta(seconds=5))
    by_another = hmac.digest(b"known to somebody else", good.username.encode(), hashlib.sha1)
    asking = {
        "good": good,
        "until the grace ends": credentials(4, ends_in=timedelta(minutes=1) - GRACE),
        "expired": late,
        "expired, with a later time written over it": late.model_copy(update={"username": good.username}),
        "of another person": good.model_copy(update={"username": credentials(5).username}),
        "signed with another secret": good.model_copy(update={"credential": base64.b64encode(by_another).decode()}),
    }
    answers = {
        (kind, over): await allocate(turn_server, given, over)
        for kind, given in asking.items()
        for over in ("udp", "tcp", "tls")
    }
    opening = {"good", "until the grace ends"}
    assert answers == {(kind, over): GRANTED if kind in opening else UNAUTHORISED for kind, over in answers}


async def test_the_relay_reaches_public_addresses_only(turn_server: TurnServer) -> None:
    inside = {str(end) for network in INSIDE for end in (network[0], network[-1])} | {"127.0.0.1", "169.254.169.254"}
    edges = {end for network in INSIDE for end in (int(network[0]) - 1, int(network[-1]) + 1) if 0 < end < 2**32}
    outside = {str(ip_address(edge)) for edge in edges}
    # It relays from one IPv4 address: no IPv6 address is reached, mapped or not.
    others = {"::1", "::ffff:10.0.0.1", "::ffff:11.0.0.1", "fe80::1", "2001:4860::1"}
    async with client(turn_server, credentials(6)) as one:
        await one.connect()
        answers = {peer: await answer(permission(one, peer)) for peer in inside | outside | others}
    expected = dict.fromkeys(inside, FORBIDDEN) | dict.fromkeys(outside, GRANTED) | dict.fromkeys(others, OTHER_FAMILY)
    assert answers == expected


async def test_a_person_has_one_quota_in_a_meeting_whenever_it_ends(turn_server: TurnServer) -> None:
    async with AsyncExitStack() as open_ports:
        ports = [await open_ports.enter_async_context(client(turn_server, credentials(7))) for _ in range(QUOTA)]
        assert await asyncio.gather(*(answer(one.connect()) for one in ports)) == [GRANTED] * QUOTA
        moved = credentials(7, ends_in=timedelta(hours=2))
        assert [await allocate(turn_server, given) for given in (credentials(7), moved, credentials(8))] == [
            TOO_MANY,
            TOO_MANY,
            GRANTED,
        ]


def test_every_line_of_the_deployed_configuration_is_valid(turn_server: TurnServer) -> None:
    log = turn_server.program.log.read_text()
    assert [line for line in log.splitlines() if "Bad configuration" in line] == []
