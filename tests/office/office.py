"""An organiser at the pages of a fair's office."""

from typing import Any

from django.test import Client
from django.urls import reverse

from fairplatform.fairs.models import Fair
from fairplatform.policy import Role
from tests.factories import make_role


class Office:
    """A browser of one of the fair's organisers."""

    def __init__(self, client: Client, fair: Fair) -> None:
        self.client, self.fair = client, fair
        self.person = make_role(fair, Role.ORGANISER)
        client.force_login(self.person)

    def get(self, route: str, *arguments: Any) -> str:
        response = self.client.get(reverse(f"office:{route}", args=[self.fair.slug, *arguments]))
        assert response.status_code == 200
        return response.content.decode()

    def post(self, route: str, *arguments: Any, **fields: Any) -> Any:
        return self.client.post(reverse(f"office:{route}", args=[self.fair.slug, *arguments]), fields)


def name(text: str) -> dict[str, str]:
    """A name in English, as a form of the office sends it."""
    return {"name_en": text, "name_zh-hans": "", "name_ur": ""}


def errors(response: Any) -> dict[str, list[str]]:
    """What a refused form says, by field."""
    assert response.status_code == 409
    found: dict[str, list[str]] = response.context["form"].errors
    return {field: list(sentences) for field, sentences in found.items()}
