"""A booth offers a meeting to those who may request one, and to nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.matrix.world import PEOPLE, World, make_world

# What the page of the request answers; visitors without an account are sent to sign in first.
ANSWERS = {"anonymous": 302, "buyer": 200, "other_buyer": 200, "seller": 409, "clerk": 409, "rival": 409}
OFFERED = {"anonymous", "buyer", "other_buyer"}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize("name", [name for name in PEOPLE if name != "deactivated"])
def test_a_meeting_is_offered_to_those_who_may_request_it(world: World, client: Client, name: str) -> None:
    booth, product = world.things["booth"], world.things["product"]
    ask = reverse("meetings:request_make", args=[world.fair.slug, booth.participation_id])
    if name != "anonymous":
        client.force_login(world.person(name))
    pages = [booth.get_absolute_url(), reverse("booths:product", args=[world.fair.slug, product.pk])]
    offers = [f'href="{ask}"' in client.get(page).text for page in pages]
    assert offers == [name in OFFERED] * 2
    assert client.get(ask).status_code == ANSWERS.get(name, 403)
