"""The home page: the fairs of the installation for each reader, and what to do while there is none."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from fairplatform.fairs.models import Fair, FairDay, Registration, RoleAssignment
from tests.factories import NOW, make_exhibitor, make_fair, make_person, make_role, make_staff

pytestmark = pytest.mark.django_db


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def led(client: Client, path: str = "/") -> str:
    answer = client.get(path)
    assert answer.status_code == 302
    return answer.headers["Location"]


def listed(client: Client) -> list[Fair]:
    return [row.fair for row in client.get("/").context["fairs"]]


@pytest.mark.parametrize("language", ["en", "zh-hans", "ur"])
def test_without_a_fair_the_page_says_how_to_make_one(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get("/")
    assert page.status_code == 200
    for command in (
        "python manage.py prepare",
        "python manage.py new_fair spring-fair --organiser name@chamber.example",
    ):
        assert f"<bdi>{command}</bdi>" in page.text


def test_visitors_of_drafts_are_asked_to_come_back_or_to_sign_in(client: Client) -> None:
    draft = make_fair(state="draft")
    page = client.get("/")
    assert "No fairs are open yet" in page.text
    assert 'href="/accounts/login/"' in page.text
    assert draft.name["en"] not in page.text
    assert "new_fair" not in page.text


def test_the_one_open_fair_is_the_home_page(client: Client) -> None:
    fair = make_fair()
    make_fair(state="draft")
    assert led(client) == f"/fairs/{fair.slug}/"


def test_several_fairs_are_listed_with_station_dates_and_state(client: Client) -> None:
    closed, fair, draft = make_fair(state="closed"), make_fair(station={"en": "Pakistan"}), make_fair(state="draft")
    newer = make_fair(state="closed")
    for number, day in enumerate((date(2027, 5, 12), date(2027, 5, 14)), start=1):
        FairDay.objects.create(fair=fair, number=number, date=day)
    assert listed(client) == [fair, newer, closed]
    page = client.get("/").text
    assert "12–14 May 2027" in page
    assert '<bdi dir="ltr">Pakistan</bdi>' in page
    assert "Closed" in page
    assert draft.name["en"] not in page


def test_an_organiser_sees_their_draft_beside_the_open_fair_and_marked() -> None:
    fair, draft = make_fair(), make_fair(state="draft")
    organiser = make_role(draft, "organiser")
    client = signed_in(organiser)
    assert listed(client) == [draft, fair]
    page = client.get("/").text
    assert f'href="/fairs/{draft.slug}/organise/"' in page
    assert "Only its organisers see this fair." in page
    assert listed(signed_in(make_role(make_fair(state="draft"), "organiser"))) != [draft, fair]


def test_the_only_fair_of_an_organiser_is_their_draft() -> None:
    draft = make_fair(state="draft")
    client = signed_in(make_role(draft, "organiser"))
    assert led(client) == f"/fairs/{draft.slug}/organise/"
    office = client.get(f"/fairs/{draft.slug}/organise/")
    # A draft has no public pages to lead to.
    assert office.status_code == 200
    assert [f"/fairs/{draft.slug}/{page}" in office.text for page in ("halls/", "products/", "about/")] == [False] * 3
    assert f'class="header__home" href="/fairs/{draft.slug}/organise/"' in office.text


def test_people_of_a_draft_find_their_registration_and_invitation_there() -> None:
    draft, other = make_fair(state="draft"), make_fair(state="draft")
    person = make_person()
    Registration.objects.create(fair=draft, user=person, accepted_at=NOW)
    Registration.objects.create(fair=other, user=person)
    page = signed_in(person).get("/")
    assert (page.context["fairs"], [row.fair for row in page.context["registrations"]]) == ([], [other, draft])
    for fair in (draft, other):
        assert f'href="/fairs/{fair.slug}/registration/"' in page.text
    assert page.text.count("You are invited.") == page.text.count("You are registered.") == 1
    assert "Sign in" not in page.text.partition("<main")[2].partition("</main>")[0]
    assert signed_in(make_person()).get("/").context["registrations"] == []


def test_whoever_signs_in_arrives_where_they_are_expected() -> None:
    fair, draft, closed = make_fair(), make_fair(state="draft"), make_fair(state="closed")
    organiser, seller = make_role(draft, "organiser"), make_staff(make_exhibitor(fair))
    RoleAssignment.objects.create(fair=closed, user=organiser, role="organiser")
    assert led(signed_in(organiser), "/arrival/") == f"/fairs/{draft.slug}/organise/"
    assert led(signed_in(seller), "/arrival/") == "/"
    for person in (organiser, seller):
        Registration.objects.create(fair=draft, user=person, accepted_at=NOW)
        Registration.objects.create(fair=closed, user=person, accepted_at=NOW)
        assert led(signed_in(person), "/arrival/") == f"/fairs/{draft.slug}/registration/"
    Registration.objects.filter(user=organiser).update(consented_at=NOW)
    Registration.objects.filter(user=seller).update(declined_at=NOW)
    assert led(signed_in(organiser), "/arrival/") == f"/fairs/{draft.slug}/organise/"
    assert led(signed_in(seller), "/arrival/") == "/"
    RoleAssignment.objects.create(fair=fair, user=organiser, role="organiser")
    assert led(signed_in(organiser), "/arrival/") == "/"
    assert led(Client(), "/arrival/") == "/accounts/login/?next=%2Farrival%2F"
