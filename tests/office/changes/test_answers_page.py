"""The page of answers, for organisers and for the delegates of a unit; and whose mobile numbers each of them reads."""

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.fairs.models import RecruitingUnit, Registration
from meetings.contacts import mobiles
from meetings.slips.actions import Refusal
from tests.factories import NOW, make_fair, make_role, make_visitor_of_several_companies, three
from tests.meetings.slips.listed import Listed

pytestmark = pytest.mark.django_db
NUMBERS = {"seller": "+86 138 0000 0001", "buyer": "+92 300 0000001", "contact": "+92 300 0000009"}


@pytest.fixture
def listed() -> Listed:
    """The exhibitor is of a unit. The first buyer has a manager with a number, the second a contact alone."""
    listed = Listed(make_fair())
    listed.exhibitor.unit = RecruitingUnit.objects.create(fair=listed.fair, name=three("Bureau"), country="CN")
    listed.exhibitor.save()
    User.objects.filter(pk=listed.manager.pk).update(phone=NUMBERS["seller"].replace(" ", ""))
    User.objects.filter(pk=listed.purchasers[0].pk).update(phone=NUMBERS["buyer"].replace(" ", ""))
    listed.buyers[1].contact_name, listed.buyers[1].contact_mobile = three("Contact"), NUMBERS["contact"]
    listed.buyers[1].save()
    return listed


def read(listed: Listed, person: User) -> list[str]:
    found = mobiles(person, listed.fair, [listed.exhibitor, *listed.buyers])
    return sorted(number.mobile for numbers in found.values() for number in numbers)


def test_organisers_read_all_numbers_and_delegates_those_of_their_unit(listed: Listed) -> None:
    organiser = make_role(listed.fair, "organiser")
    delegate = make_role(listed.fair, "delegated", unit=listed.exhibitor.unit)
    assert read(listed, organiser) == sorted([NUMBERS["seller"], "+92 300 0000001", NUMBERS["contact"]])
    assert read(listed, delegate) == [NUMBERS["seller"]]
    assert [read(listed, person) for person in (listed.manager, make_role(listed.fair, "liaison"))] == [[], []]


def test_who_agreed_that_contact_data_cross_the_border_is_read_by_other_units(listed: Listed) -> None:
    delegate = make_role(listed.fair, "delegated", unit=listed.exhibitor.unit)
    row = Registration.objects.create(fair=listed.fair, user=listed.purchasers[0], accepted_at=NOW, consented_at=NOW)
    assert read(listed, delegate) == [NUMBERS["seller"]]
    row.contact_consented_at = NOW
    row.save()
    assert read(listed, delegate) == [NUMBERS["seller"], NUMBERS["buyer"]]


def test_who_is_only_invited_has_no_number_here(listed: Listed) -> None:
    Registration.objects.create(fair=listed.fair, user=listed.purchasers[0])
    assert NUMBERS["buyer"] not in read(listed, make_role(listed.fair, "organiser"))


def test_the_page_sorts_companies_by_answer_and_unit(listed: Listed, client: Client) -> None:
    make_visitor_of_several_companies(listed.fair)  # without meetings
    listed.answer(refused={listed.meetings[0].pk: Refusal("other", "Flood")})
    client.force_login(make_role(listed.fair, "organiser"))
    page = reverse("office:answers", args=[listed.fair.slug])
    with listed.at_noon():
        got = client.get(page)
        silent = client.get(f"{page}?state=silent&in=ur")
        sent = client.post(reverse("office:answers_remind", args=[listed.fair.slug]))
    assert [number for _state, _label, number in got.context["states"]] == [3, 0, 1, 0]
    assert [item.meeting for _slip, item in got.context["refused"]] == [listed.meetings[0]]
    assert "Flood" in got.content.decode()
    [of_unit, others] = got.context["units"]
    assert (of_unit["unit"], of_unit["message"], len(others["rows"])) == (listed.exhibitor.unit, "", 3)
    assert [len(unit["rows"]) for unit in silent.context["units"]] == [3]
    assert listed.buyers[0].company.name["ur"] in silent.context["units"][0]["message"]
    assert sent["Location"] == page


def test_a_delegate_reads_of_their_own_unit_alone(listed: Listed, client: Client) -> None:
    client.force_login(make_role(listed.fair, "delegated", unit=listed.exhibitor.unit))
    with listed.at_noon():
        got = client.get(reverse("office:answers", args=[listed.fair.slug]))
        other = client.get(reverse("meetings:slip", args=[listed.fair.slug, listed.buyers[0].pk]))
    assert [slip.participation for unit in got.context["units"] for slip, *_ in unit["rows"]] == [listed.exhibitor]
    assert NUMBERS["contact"] not in got.content.decode()
    assert other.status_code == 404
