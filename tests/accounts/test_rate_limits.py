"""Nobody submits forms faster than people do, and nobody is refused for what others send."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts import middleware
from fairplatform.accounts.models import PersonalLink
from fairplatform.accounts.models.credentials import digest
from fairplatform.accounts.rate_limits import count_one
from tests.factories import make_person

pytestmark = pytest.mark.django_db
LIMIT = 20
ADDRESS = "198.51.100.7"


@pytest.fixture(autouse=True)
def low_limits(monkeypatch) -> None:
    monkeypatch.setattr(middleware, "FORMS", LIMIT)
    monkeypatch.setattr(middleware, "FORMS_OF_NETWORK", 3 * LIMIT)


def submit(client: Client, times: int) -> list[int]:
    address = reverse("language:choose")
    return [client.post(address, {"language": "ur"}).status_code for _ in range(times)]


def visitor(address: str = ADDRESS) -> Client:
    """A browser that has seen a page with a form."""
    client = Client(REMOTE_ADDR=address)
    client.get(reverse("account_login"))
    return client


def test_after_a_burst_forms_are_refused_in_the_persons_language_and_only_to_them() -> None:
    first, second = Client(), Client()
    for client in (first, second):
        client.force_login(make_person())
    assert set(submit(first, LIMIT)) == {302}
    refused = first.post(reverse("language:choose"), {"language": "en"})
    assert refused.status_code == 429
    assert "تھوڑی دیر میں بہت زیادہ بار کوشش کی گئی ہے" in refused.content.decode()
    assert first.get(reverse("robots")).status_code == 200
    assert submit(second, 1) == submit(visitor("127.0.0.1"), 1) == [302]


def test_two_browsers_of_one_demonstration_person_are_counted_apart() -> None:
    person, first, second = make_person(is_demo=True), Client(), Client()
    for client in (first, second):
        client.force_login(person)
    assert submit(first, LIMIT + 1)[-1] == 429
    assert submit(second, 1) == [302]
    # A session key is a secret: the counter is named by its digest.
    keys = [str(client.session.session_key) for client in (first, second)]
    assert [cache.get(f"pace:session:{digest(key)}") for key in keys] == [LIMIT + 1, 1]
    assert [cache.get(f"pace:session:{key}") for key in keys] == [None, None]


def test_visitors_behind_one_address_are_counted_apart_by_their_browsers() -> None:
    busy = Client(REMOTE_ADDR=ADDRESS)
    busy.cookies["csrftoken"] = "a" * 32
    assert submit(busy, LIMIT + 1)[-2:] == [302, 429]
    assert submit(visitor(), 1) == [302]


def test_an_address_is_limited_as_a_whole_except_for_known_browsers_and_links() -> None:
    person = make_person(password="long enough 42")
    known = Client(REMOTE_ADDR=ADDRESS)
    known.post(reverse("account_login"), {"login": person.email, "password": "long enough 42"})
    known.post(reverse("account_logout"))
    for _ in range(3):
        submit(visitor(), LIMIT)
    assert submit(visitor(), 1) == [429]
    assert submit(visitor("198.51.100.8"), 1) == [302]
    answer = known.post(reverse("account_login"), {"login": person.email, "password": "long enough 42"})
    assert answer.status_code == 302
    _, secret, code = PersonalLink.issue(person, now=timezone.now())
    assert visitor().post(reverse("accounts:enter", args=[secret]), {"code": code}).status_code == 302


def test_all_ipv6_addresses_of_one_network_count_as_one() -> None:
    """One IPv6 customer has a whole /64 of addresses."""
    for number in range(3):
        submit(visitor(f"2001:db8:1:2::{number}"), LIMIT)
    assert submit(visitor("2001:db8:1:2:3:4:5:6"), 1) == [429]
    assert submit(visitor("2001:db8:1:3::1"), 1) == [302]


def test_requests_refused_by_csrf_are_not_counted() -> None:
    foreign = Client(REMOTE_ADDR=ADDRESS, enforce_csrf_checks=True)
    foreign.cookies["csrftoken"] = "a" * 32
    assert set(submit(foreign, 4 * LIMIT)) == {403}
    neighbour = Client(REMOTE_ADDR=ADDRESS)
    neighbour.cookies["csrftoken"] = "a" * 32
    assert submit(neighbour, 1) == [302]


def test_counts_are_shared_by_all_processes_and_expire() -> None:
    assert [count_one("x", limit=2, seconds=60) for _ in range(3)] == [True, True, False]
    assert cache.get("pace:x") == 3
    assert count_one("y", limit=2, seconds=60)
    cache.delete("pace:x")  # as its time ends
    assert count_one("x", limit=2, seconds=60)
