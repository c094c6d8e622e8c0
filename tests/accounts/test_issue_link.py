"""`manage.py issue_link`: a personal link, passed on by whoever runs the command."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from fairplatform.accounts.models import PersonalLink, User
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def issue(person: str, **options: Any) -> tuple[str, str]:
    """The link and the code that were printed."""
    printed = StringIO()
    call_command("issue_link", person, stdout=printed, **options)
    link, code = printed.getvalue().splitlines()
    return link, code.removeprefix("code ")


def entered(link: str, code: str) -> Any:
    client = Client()
    client.post(link.removeprefix("http://127.0.0.1:8000"), {"code": code})
    return get_user(client)


def test_somebody_is_known_by_address_number_or_key() -> None:
    make_person()
    person = make_person(email="usman@torange.example", phone="+923001234567")
    for known in (
        person.email,
        "Usman@Torange.example",
        "+923001234567",
        "923001234567",
        "+92 300 1234567",
        str(person.pk),
    ):
        assert entered(*issue(known)) == person, known


def test_the_earlier_link_ends() -> None:
    person = make_person()
    first, second = issue(person.email), issue(person.email)
    assert entered(*first).is_anonymous
    assert entered(first[0], second[1]).is_anonymous
    assert entered(*second) == person


def test_the_link_is_valid_for_the_given_time() -> None:
    person = make_person()
    before = timezone.now()
    issue(person.email, days=3)
    [link] = PersonalLink.objects.all()
    assert before <= link.expires_at - timedelta(days=3) <= timezone.now()
    with pytest.raises(CommandError, match="--days must be at least 1"):
        issue(person.email, days=0)


@pytest.mark.parametrize("known", ["nobody@firm.example", "0", "9" * 40, "+92 300", "", "*", "٣" * 30])
def test_an_unknown_person_is_reported(known: str) -> None:
    gone = make_person(phone="+923001234567")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    for name in (known, gone.email, "+923001234567"):
        with pytest.raises(CommandError, match="There is no active account"):
            issue(name)
    assert not PersonalLink.objects.exists()
