"""The topics of a hall and of all halls: who is at which booth, told in few events however many come."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async

from booths import hall_presence
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Hall, Participation
from tests.factories import make_buyer, make_exhibitor, make_fair, make_staff, three
from tests.realtime.client import ORIGIN, Client, cookie, session_of

pytestmark = pytest.mark.django_db(transaction=True)


def make_halls() -> tuple[Fair, Participation, Participation]:
    """A fair with an exhibitor in each of two halls."""
    fair = make_fair()
    first, second = make_exhibitor(fair), make_exhibitor(fair)
    second.booth.hall = Hall.objects.create(fair=fair, number=2, name=three("Pumps"), pattern=2)
    second.booth.save()
    return fair, first, second


async def enter(participation: Participation, booth: Any, person: User | None = None) -> Client:
    """Somebody of this company comes to the booth."""
    person = person or await sync_to_async(make_staff)(participation)
    client = await Client.open(await sync_to_async(session_of)(person))
    assert (await client.send("join", topic=booth.topic))["type"] == "ok"
    return client


async def guest() -> Client:
    """A visitor without an account."""
    client = Client(cookie(""), ORIGIN)
    assert (await client.wire.connect(timeout=5))[0]
    return client


@pytest.fixture(autouse=True)
def never_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """An event is due when a test sends it."""
    monkeypatch.setattr(hall_presence, "INTERVAL", 3600.0)
    hall_presence._counted.clear()


async def until_there_are(visitors: int, client: Client) -> None:
    """Until the booth that this client is at has so many visitors."""
    while (await client.event("presence.changed"))["visitors"] != visitors:
        pass


def named(person: User) -> dict[str, Any]:
    return {"id": person.pk, "name": person.name, "company": {}}


async def test_a_guest_learns_who_is_where_and_what_changes() -> None:
    fair, first, second = await sync_to_async(make_halls)()
    buyers = await sync_to_async(make_buyer)(fair)
    seller = await sync_to_async(make_staff)(first)
    staff = await enter(first, first.booth, seller)
    visitor = await guest()
    joined = await visitor.send("join", topic=f"hall:{first.booth.hall_id}")
    assert joined["snapshot"] == {"booths": [{"booth": first.booth.pk, "staff": [named(seller)], "visitors": 0}]}
    fair_joined = await visitor.send("join", topic=f"halls:{fair.slug}")
    assert fair_joined["snapshot"] == {"halls": [{"hall": first.booth.hall_id, "staffed": 1, "visitors": 0}]}
    elsewhere, buyer = await enter(buyers, second.booth), await enter(buyers, first.booth)
    await until_there_are(1, elsewhere)
    await until_there_are(1, staff)
    await hall_presence.send_now(fair)
    changed = await visitor.event("hall_headcount.changed")
    # Nothing of the other hall, and of the visitor no more than that they are there.
    assert changed["booths"] == [{"booth": first.booth.pk, "staff": [named(seller)], "visitors": 1}]
    totals = [(await visitor.event("headcount.changed"))["hall"] for _ in range(2)]
    assert sorted(totals, key=lambda total: total["hall"]) == [
        {"hall": first.booth.hall_id, "staffed": 1, "visitors": 1},
        {"hall": second.booth.hall_id, "staffed": 0, "visitors": 1},
    ]
    await buyer.close()
    await until_there_are(0, staff)
    await hall_presence.send_now(fair)
    assert (await visitor.event("hall_headcount.changed"))["booths"] == [
        {"booth": first.booth.pk, "staff": [named(seller)], "visitors": 0}
    ]
    for client in (staff, visitor, elsewhere):
        await client.close()


async def test_many_who_come_and_go_are_one_event() -> None:
    fair, first, _ = await sync_to_async(make_halls)()
    buyers = await sync_to_async(make_buyer)(fair)
    viewer = await guest()
    await viewer.send("join", topic=f"hall:{first.booth.hall_id}")
    visitors = [await enter(buyers, first.booth) for _ in range(12)]
    await until_there_are(12, visitors[0])
    await hall_presence.send_now(fair)
    await visitors.pop().close()
    await until_there_are(11, visitors[0])
    await hall_presence.send_now(fair)
    events = [(await viewer.event("hall_headcount.changed"))["booths"] for _ in range(2)]
    assert events == [[{"booth": first.booth.pk, "staff": [], "visitors": number}] for number in (12, 11)]
    for client in [*visitors, viewer]:
        await client.close()


async def test_who_joins_soon_after_another_gets_the_same_count_and_then_the_change() -> None:
    """Thousands may open a hall at once: it is not counted for each of them."""
    fair, first, _ = await sync_to_async(make_halls)()
    viewers = [await guest(), await guest()]
    joined = [await viewers[0].send("join", topic=f"hall:{first.booth.hall_id}")]
    seller = await sync_to_async(make_staff)(first)
    staff = await enter(first, first.booth, seller)
    joined.append(await viewers[1].send("join", topic=f"hall:{first.booth.hall_id}"))
    assert [answer["snapshot"] for answer in joined] == [{"booths": []}] * 2
    await until_there_are(0, staff)
    await hall_presence.send_now(fair)
    changed = [(await viewer.event("hall_headcount.changed"))["booths"] for viewer in viewers]
    assert changed == [[{"booth": first.booth.pk, "staff": [named(seller)], "visitors": 0}]] * 2
    for client in [staff, *viewers]:
        await client.close()
