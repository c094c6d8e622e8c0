"""What is answered before Django, to everybody."""

import pytest
from asgiref.sync import sync_to_async
from channels.testing import HttpCommunicator
from django.contrib.auth.models import AnonymousUser

from fairplatform.asgi import application
from fairplatform.health.probes import PROBES
from tests.matrix.world import PEOPLE, make_world
from tests.realtime.client import cookie, session_of


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/readyz", 503), ("/metrics", 404)])
async def test_probe_answers_everybody_alike(path: str, status: int) -> None:
    """Requests answered before Django know no person: an organiser from elsewhere sees no more than a visitor."""
    world = await sync_to_async(make_world)()
    answers = {}
    for name in PEOPLE:
        person = world.people[name]
        known = not isinstance(person, AnonymousUser)
        headers = [cookie(await sync_to_async(session_of)(person))] if known else []
        wire = HttpCommunicator(application, "GET", path, headers=[(b"host", b"localhost"), *headers])
        wire.scope["client"] = ["198.51.100.7", 4711]
        answers[name] = (await wire.get_response(timeout=5))["status"]
    assert answers == dict.fromkeys(PEOPLE, status)


def test_every_probe_is_listed_here() -> None:
    assert list(PROBES) == ["/healthz", "/readyz", "/metrics"]
