"""Who is at the booths, and the numbers of people at booths and in halls that the lists show."""

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient

from booths.headcount import Headcount, headcount
from booths.presence import people_in_halls
from fairplatform.realtime.protocol import Person
from tests.factories import make_exhibitor, make_fair, make_staff
from tests.realtime.client import Client, session_of

TWO_HERE = '<span class="presence" data-present="2">2 online</span>'
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either]


async def test_people_at_a_booth_are_counted_in_its_hall(async_client: AsyncClient) -> None:
    fair = await sync_to_async(make_fair)()
    busy, empty = [await sync_to_async(make_exhibitor)(fair) for _ in range(2)]
    clients, people = [], []
    for _ in range(2):
        person = await sync_to_async(make_staff)(busy)
        client = await Client.open(await sync_to_async(session_of)(person))
        assert (await client.send("join", topic=busy.booth.topic))["type"] == "ok"
        clients.append(client)
        people.append(Person(id=person.pk, name=person.name))
    booths = [busy.booth.pk, empty.booth.pk]
    assert await sync_to_async(headcount, thread_sensitive=False)(booths) == {busy.booth.pk: Headcount(tuple(people))}
    assert await sync_to_async(people_in_halls)(fair) == {busy.booth.hall_id: 2}
    for _ in range(2):  # rendered, then from the cache
        hall = (await async_client.get(f"/fairs/{fair.slug}/halls/1/")).text
        halls = (await async_client.get(f"/fairs/{fair.slug}/halls/")).text
        assert (hall.count(TWO_HERE), halls.count(TWO_HERE)) == (1, 2)
    for client in clients:
        await client.close()
    assert await sync_to_async(headcount, thread_sensitive=False)(booths) == {}
    assert 'class="presence"' not in (await async_client.get(f"/fairs/{fair.slug}/halls/")).text
