"""What the header of a fair's pages has for everybody."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from tests.factories import make_exhibitor, make_fair, make_role, make_staff

pytestmark = pytest.mark.django_db


def search(path: str, person: User | None = None, language: str = "en") -> list[tuple[str, str, str]]:
    """The address, the mark of the current page and the name of the way to the search in the header."""
    client = Client(headers={"Accept-Language": language})
    if person:
        client.force_login(person)
    found = re.findall(r'<a class="header__search" href="([^"]*)"(.*?)>(.*?)</a>', client.get(path).text, re.DOTALL)
    return [(url, mark.strip(), re.sub(r"<[^>]*>", "", name).strip()) for url, mark, name in found]


@pytest.mark.parametrize(("language", "name"), [("en", "Search"), ("zh-hans", "搜索"), ("ur", "تلاش کریں")])
def test_the_search_is_on_every_page_of_a_fair_for_everybody(language: str, name: str) -> None:
    fair = make_fair(state="open")
    url = reverse("booths:search", args=[fair.slug])
    halls = reverse("booths:halls", args=[fair.slug])
    for person in (None, make_staff(make_exhibitor(fair)), make_role(fair, "organiser")):
        assert search(halls, person, language) == [(url, "", name)]
        assert search(url, person, language) == [(url, 'aria-current="page"', name)]


def test_a_fair_that_is_not_public_has_no_search() -> None:
    fair: Fair = make_fair(state="draft")
    assert search(reverse("office:overview", args=[fair.slug]), make_role(fair, "organiser")) == []
