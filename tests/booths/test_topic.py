"""The topic of a booth: everybody sees how many people are there, only its staff sees who they are."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from tests.factories import make_buyer, make_exhibitor, make_fair, make_staff, three
from tests.realtime.client import ORIGIN, Client, cookie, session_of

pytestmark = pytest.mark.django_db(transaction=True)


def make_booth() -> tuple[Any, Any, str]:
    fair = make_fair()
    exhibitor = make_exhibitor(fair)
    buyer = make_staff(make_buyer(fair), name=three("Bilal Ahmed"))
    return make_staff(exhibitor), buyer, exhibitor.booth.topic


async def enter(person: Any) -> Client:
    return await Client.open(await sync_to_async(session_of)(person))


@pytest.fixture
async def joined() -> AsyncIterator[tuple[Client, Client, str, Any, Any]]:
    """The sockets of one of the staff and of a buyer, the booth's topic, and the two people."""
    seller, buyer, topic = await sync_to_async(make_booth)()
    sockets = await enter(seller), await enter(buyer)
    yield *sockets, topic, seller, buyer
    for socket in sockets:
        await socket.close()


async def test_the_staff_sees_a_visitor_come_and_go(joined: Any) -> None:
    staff, visitor, topic, seller, buyer = joined
    await staff.send("join", "me")
    assert (await staff.send("join", topic))["snapshot"]["visitors_here"] == []
    assert (await staff.event("presence.changed"))["staff_here"] == [seller.pk]
    await visitor.send("join", topic)
    assert (await staff.event("presence.changed"))["visitors"] == 1
    assert (await staff.event("visit.started"))["visitor"]["name"] == three("Bilal Ahmed")
    named = (await staff.send("visitors.load", topic))["snapshot"]["visitors_here"]
    assert [person["id"] for person in named] == [buyer.pk]
    await visitor.send("leave", topic)
    assert (await staff.event("presence.changed"))["visitors"] == 0


async def test_a_visitor_sees_the_staff_and_no_other_visitor(joined: Any) -> None:
    staff, visitor, topic, seller, _ = joined
    await staff.send("join", topic)
    snapshot = (await visitor.send("join", topic))["snapshot"]
    assert snapshot["visitors_here"] is None
    assert [(person["id"], person["position"]) for person in snapshot["staff"]] == [(seller.pk, "managing_director")]
    assert snapshot["staff_here"] == [seller.pk]
    assert (await visitor.send("visitors.load", topic))["code"] == "not_permitted"


async def test_visitors_without_an_account_may_join(joined: Any) -> None:
    staff, _, topic, seller, _ = joined
    await staff.send("join", topic)
    guest = Client(cookie(""), ORIGIN)
    assert (await guest.wire.connect(timeout=5))[0]
    snapshot = (await guest.send("join", topic))["snapshot"]
    assert (snapshot["staff_here"], snapshot["visitors"], snapshot["visitors_here"]) == ([seller.pk], 0, None)
    assert (await guest.send("visitors.load", topic))["code"] == "sign_in"
    assert (await guest.send("join", "me"))["code"] == "not_found"
    await guest.close()
