"""Nobody submits forms faster than people do."""

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts import middleware
from fairplatform.accounts.middleware import BURST
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_given_back(monkeypatch) -> None:
    """However slow this machine is."""
    monkeypatch.setattr(middleware, "RATE", 0.0)


def submit(client: Client, times: int) -> list[int]:
    address = reverse("language:choose")
    return [client.post(address, {"language": "ur"}).status_code for _ in range(times)]


def test_after_a_burst_forms_are_refused_in_the_persons_language_and_only_to_him() -> None:
    first, second, visitor = Client(), Client(), Client()
    for client in (first, second):
        client.force_login(make_person())
    assert set(submit(first, int(BURST))) == {302}
    refused = first.post(reverse("language:choose"), {"language": "en"})
    assert refused.status_code == 429
    assert "تھوڑے وقت میں بہت کچھ بھیجا گیا" in refused.content.decode()
    assert first.get(reverse("robots")).status_code == 200
    assert submit(second, 1) == submit(visitor, 1) == [302]


def test_visitors_are_told_apart_by_their_address() -> None:
    assert submit(Client(REMOTE_ADDR="198.51.100.7"), int(BURST) + 1)[-2:] == [302, 429]
    assert submit(Client(REMOTE_ADDR="198.51.100.8"), 1) == [302]
