"""What the tests of personal links do: register people, hand links out, come in by one."""

from typing import Any

from django.contrib.auth import get_user
from django.test import Client

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Registration
from tests.factories import NOW


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def registered(fair: Fair, person: User, **fields: Any) -> Registration:
    return Registration.objects.create(fair=fair, user=person, **{"accepted_at": NOW, **fields})


def issue(client: Client, fair: Fair, *rows: Registration, **fields: Any) -> Any:
    """The page with the new links, or the answer that leads elsewhere."""
    data = {"medium": "cards", "people": [row.pk for row in rows], **fields}
    answer = client.post(f"/fairs/{fair.slug}/organise/links/issue/", data)
    issued = f"/fairs/{fair.slug}/organise/links/issued/"
    return client.get(issued) if answer.headers.get("Location") == issued else answer


def handouts(page: Any) -> list[Any]:
    return [handout for _unit, group in page.context["groups"] for handout in group]


def entered(link: str, code: str) -> Any:
    client = Client()
    client.post(link.removeprefix("http://127.0.0.1:8000"), {"code": code})
    return get_user(client)
