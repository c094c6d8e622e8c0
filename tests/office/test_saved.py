"""Every form of the office keeps what is typed: its page says when nothing is saved, and when it is."""

import re
from typing import Any

import pytest
from django.urls import reverse

from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair
from tests.factories import make_buyer, make_role, make_staff
from tests.office.office import Office, name

pytestmark = pytest.mark.django_db

NOTHING_SAVED = "Nothing has been saved yet. Check the marked fields."


@pytest.fixture
def pages(fair: Fair) -> dict[str, tuple[Any, ...]]:
    """The pages with one form, by route."""
    buyer = make_buyer(fair)
    person = make_staff(buyer)
    return {
        "fair": (), "next": (), "halls_add": (), "days_add": (), "company_add": (), "person_add": (),
        "company": (buyer.pk,), "person": (person.pk,),
    }  # fmt: skip


def forms(page: str) -> list[bool]:
    """Of each form that keeps what is typed, whether it has come back refused."""
    return [bool(refused) for refused in re.findall(r"<fair-kept-form[^>]*?( refused)?>", page)]


def test_every_form_keeps_what_is_typed_and_a_refused_one_says_that_nothing_is_saved(
    office: Office, pages: dict[str, tuple[Any, ...]]
) -> None:
    several = {"person": 3}  # the account, the position, and a new role
    for route, arguments in pages.items():
        number = several.get(route, 1)
        assert forms(office.get(route, *arguments)) == [False] * number, route
        refused = office.post(route, *arguments)
        assert (refused.status_code, refused.text.count(NOTHING_SAVED)) == (409, 1), route
        assert forms(refused.text) == [True] + [False] * (number - 1), route


def test_the_browser_is_told_which_form_has_been_saved(office: Office, fair: Fair) -> None:
    address = reverse("office:halls_add", args=[fair.slug])
    answer = office.post("halls_add", number="1", **name("Pumps"))
    assert f'data-saved="{address}"' in office.client.get(answer["Location"]).text
    assert "data-saved" not in office.get("halls")


def test_another_act_of_the_page_does_not_count_as_saving_its_form(office: Office, fair: Fair) -> None:
    company = make_buyer(fair)
    answer = office.post("company_verified", company.pk, verified="yes")
    page = office.client.get(answer["Location"]).text
    assert "Saved." in page
    assert "data-saved" not in page
    assert Company.objects.get(pk=company.company_id).verified_at is not None


def test_a_refused_role_leads_to_the_persons_page_in_another_language(office: Office, fair: Fair) -> None:
    person = make_role(fair, "interpreter")
    refused = office.post("place_add", person.pk)
    assert refused.status_code == 409
    assert f'name="next" value="{reverse("office:person", args=[fair.slug, person.pk])}"' in refused.text
