"""An exhibitor of a draft, with a manager and a clerk who have browsers."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.models import Fair, Participation
from tests.factories import make_exhibitor, make_fair, make_staff


class BoothOffice:
    """The booth office in the browser of one of the company's people."""

    def __init__(self, fair: Fair, person: User) -> None:
        self.fair, self.person, self.client = fair, person, Client()
        self.client.force_login(person)

    def address(self, route: str, *arguments: Any) -> str:
        return reverse(f"booth_office:{route}", args=[self.fair.slug, *arguments])

    def get(self, route: str, *arguments: Any) -> Any:
        return self.client.get(self.address(route, *arguments))

    def post(self, route: str, *arguments: Any, **fields: Any) -> Any:
        return self.client.post(self.address(route, *arguments), fields)

    def says(self, answer: Any) -> str:
        """The text of the page that an act leads on to."""
        assert answer.status_code == 302, answer.text
        return str(self.client.get(answer.headers["Location"]).text)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Of the files of one test."""
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def ours() -> Participation:
    """An exhibitor of an open fair."""
    return make_exhibitor(make_fair())


@pytest.fixture
def seller(client: Client, ours: Participation) -> User:
    """One of its people, who is signed in."""
    person = make_staff(ours, is_manager=False)
    client.force_login(person)
    return person


@pytest.fixture
def fair() -> Fair:
    return make_fair(state="draft")


@pytest.fixture
def exhibitor(fair: Fair) -> Participation:
    return make_exhibitor(fair)


@pytest.fixture
def manager(fair: Fair, exhibitor: Participation) -> BoothOffice:
    return BoothOffice(fair, make_staff(exhibitor))


@pytest.fixture
def clerk(fair: Fair, exhibitor: Participation) -> BoothOffice:
    return BoothOffice(fair, make_staff(exhibitor, is_manager=False, speaks=["zh"]))


def position_of(person: User) -> Staff:
    return Staff.objects.get(user=person)
