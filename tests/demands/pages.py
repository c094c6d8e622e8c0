"""People of a fair at the pages of demands."""

from typing import Any

from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(route: str, fair: Fair, *arguments: Any) -> str:
    return reverse(f"demands:{route}", args=[fair.slug, *arguments])


def shown(**fields: Any) -> dict[str, Any]:
    """The fields as a browser sends them, with the digits whose title it has shown beside the HS code."""
    digits = fields.get("hs_code", "").replace(".", "")
    return {**fields, "hs_code-shown": digits[:6]} if digits.isdecimal() else fields


def errors(answer: Any) -> dict[str, list[str]]:
    """What a refused form says, by field."""
    assert answer.status_code == 409
    return {name: list(sentences) for name, sentences in answer.context["form"].errors.items()}
