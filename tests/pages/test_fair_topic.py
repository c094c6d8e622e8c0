"""The fair's public topic: its figures, for everybody, signed in or not."""

from collections.abc import AsyncIterator

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction

from fairplatform.fairs.models import Fair
from meetings.figures.publishing import publish_figures
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair
from tests.realtime.client import ORIGIN, Client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def stranger() -> AsyncIterator[Client]:
    client = Client(ORIGIN)
    accepted, _ = await client.wire.connect(timeout=5)
    assert accepted
    yield client
    await client.close()


def change_figures(fair: Fair) -> None:
    with transaction.atomic():
        make_buyer(fair)
        publish_figures(fair, NOW)


async def test_a_stranger_sees_the_figures_and_how_they_change(stranger: Client) -> None:
    fair = await sync_to_async(make_fair)()
    await sync_to_async(make_exhibitor)(fair)
    figures = {"planned": 0, "held": 0, "running": 0, "agreed": 0, "chief_executives": 0, "lead_purchasers": 0}
    answer = await stranger.send("join", topic=f"fair:{fair.slug}")
    assert answer["snapshot"] == {"firms": 1, **figures}
    await sync_to_async(change_figures)(fair)
    event = await stranger.event("figures.changed")
    assert event == {"topic": f"fair:{fair.slug}", "type": "figures.changed", "seq": 1, "firms": 2, **figures}


async def test_a_draft_is_no_topic_for_a_stranger(stranger: Client) -> None:
    fair = await sync_to_async(make_fair)(state="draft")
    answers = [await stranger.send("join", topic=f"fair:{slug}") for slug in (fair.slug, "none")]
    assert [(answer["type"], answer["code"]) for answer in answers] == [("refused", "not_found")] * 2
