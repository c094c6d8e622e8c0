"""People of a fair: listed, added, invited where they have an account elsewhere, given roles, removed."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import AuditEntry, Company, Staff, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit, Registration, RoleAssignment
from fairplatform.office.people.members import FairPerson
from fairplatform.policy import Role, load
from tests.factories import actor, make_buyer, make_exhibitor, make_fair, make_person, make_role, make_staff, three
from tests.office.test_company import filled
from tests.office.test_people_list import listed

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either("fairplatform.office.people.actions"),
]


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def office(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


def address(fair: Fair, user: User, route: str = "person", *more: str) -> str:
    return reverse(f"office:{route}", args=[fair.slug, user.pk, *more])


NEW = {
    "person-name_zh-hans": "李娜",
    "person-name_en": "Li Na",
    "person-country": "CN",
    "person-language": "zh-hans",
    "person-email": "Li.Na@hongda.example",
    "person-phone": "138 5799 0001",
    "person-speaks": ["zh", "en"],
}


def add(client: Client, fair: Fair, **fields: Any) -> Any:
    return client.post(reverse("office:person_add", args=[fair.slug]), NEW | fields)


def at_company(participation: Participation, role: str = "manager") -> dict[str, str]:
    return {"place-role": role, "place-company": str(participation.company.name), "place-position": "Export Manager"}


def test_person_is_added_with_account_company_and_key(office: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    got = add(office, fair, **at_company(exhibitor), **{"place-decides": "on"})
    user = User.objects.get(email="li.na@hongda.example")
    assert got["Location"] == address(fair, user)
    assert (str(user.phone), user.speaks, user.language, user.has_usable_password()) == (
        "+8613857990001", ["zh", "en"], "zh-hans", False,
    )  # fmt: skip
    [place] = user.positions.all()
    assert (place.company, place.position, place.is_manager, place.decides) == (
        exhibitor.company, "export_manager", True, True,
    )  # fmt: skip
    [registration] = Registration.objects.all()
    assert (registration.user, registration.key, registration.accepted_at is None) == (user, "li-na", False)
    [entry] = AuditEntry.objects.all()
    assert entry.object == f"fairs.registration:{registration.pk}"


def test_country_of_a_new_person_is_chosen_and_that_of_a_company_is_proposed(office: Client, fair: Fair) -> None:
    """Taken for granted, it would give people of the other country the wrong clock."""
    exhibitor, page = make_exhibitor(fair), reverse("office:person_add", args=[fair.slug])
    refused = add(office, fair, **at_company(exhibitor), **{"person-country": ""})
    assert list(refused.context["forms"][0].errors) == ["country"]
    asked, proposed = (office.get(page + query) for query in ("", f"?company={exhibitor.pk}"))
    forms = [got.context["forms"][0] for got in (asked, proposed)]
    assert [form["country"].value() for form in forms] == ["", exhibitor.company.country]
    assert [form["language"].value() for form in forms] == ["en", "zh-hans"]


def test_interpreter_has_languages_and_hours(office: Client, fair: Fair) -> None:
    refused = add(office, fair, **{"place-role": "interpreter", "place-language_pairs": "Chinese and Urdu"})
    assert list(refused.context["place_form"].errors) == ["language_pairs"]
    own = {"place-language_pairs": "zh-ur；ZH-EN", "place-max_minutes_a_day": "240", "place-on_call": "on"}
    add(office, fair, **{"place-role": "interpreter"}, **own)
    role = RoleAssignment.objects.get(role="interpreter")
    assert (role.language_pairs, role.max_minutes_a_day, role.on_call) == (["zh-ur", "zh-en"], 240, True)
    row = office.get(reverse("office:people", args=[fair.slug]), {"role": "interpreter"}).text.partition("<tbody")[2]
    assert re.findall(r'<bdi class="small soft">(.*?)</bdi>', row) == ["Chinese–Urdu", "Chinese–English"]


def test_account_of_another_fair_is_invited_and_left_alone(office: Client, fair: Fair, organiser: User) -> None:
    exhibitor = make_exhibitor(fair)
    stranger = make_staff(make_buyer(make_fair()), country="CN", email="li.na@HONGDA.example")
    before = User.objects.filter(pk=stranger.pk).values().get()
    add(office, fair, **at_company(exhibitor), **{"person-remarks": "by telephone"})
    assert User.objects.filter(pk=stranger.pk).values().get() == before
    registration = Registration.objects.get(fair=fair)
    assert (registration.user, registration.accepted_at, stranger.positions.count()) == (stranger, None, 1)
    assert registration.remarks == "by telephone"
    assert registration.invitation == {
        "role": "manager", "company": exhibitor.pk, "position": "export_manager", "decides": False, "lead": False,
        "unit": None, "language_pairs": [], "max_minutes_a_day": None, "on_call": False,
        "name": {"zh-hans": "李娜", "en": "Li Na"}, "invited_by": organiser.pk, "manager": None, "cells": {},
    }  # fmt: skip
    # Neither page tells the organiser what the account holds.
    pages = [
        office.get(url).content.decode()
        for url in (address(fair, stranger), reverse("office:people", args=[fair.slug]))
    ]
    assert [[word in page for word in ("Li Na", str(stranger.email), str(stranger.name))] for page in pages] == [
        [True, False, False],
        [True, False, False],
    ]
    assert listed(fair, q=str(stranger.email)) == set()
    assert office.post(address(fair, stranger, "place_add"), {"place-role": "liaison"}).status_code == 409
    assert office.post(address(fair, stranger), NEW).status_code == 409
    assert not RoleAssignment.objects.filter(user=stranger).exists()


def test_a_number_is_nobodys_proof(office: Client, fair: Fair) -> None:
    """Whoever entered it in another fair first does not get what somebody else with it is given here."""
    other = make_person(phone="+8613857990001")
    add(office, fair, **{"place-role": "liaison"})
    registration = Registration.objects.get(fair=fair)
    assert (registration.user == other, str(registration.user.phone)) == (False, "+8613857990001")


def test_person_of_the_fair_is_not_added_twice(office: Client, fair: Fair) -> None:
    add(office, fair, **{"place-role": "liaison"})
    got = add(office, fair, **{"place-role": "floor_assistant"})
    assert (got.status_code, RoleAssignment.objects.filter(role="floor_assistant").exists()) == (409, False)


def test_nothing_typed_is_lost_and_nothing_half_stored(office: Client, fair: Fair) -> None:
    wrong = {"person-phone": "many", "person-zone": "Yiwu", "person-wechat": "lina88"}
    page = add(office, fair, **wrong, **{"place-role": "staff", "place-company": "Unheard Of"})
    form, place = page.context["forms"][0], page.context["place_form"]
    assert (page.status_code, sorted(form.errors), list(place.errors)) == (409, ["phone", "zone"], ["company"])
    assert [form[name].value() for name in ("phone", "zone", "wechat")] == ["many", "Yiwu", "lina88"]
    assert User.objects.count() == 1


def test_a_zone_abroad_is_asked_about_and_an_old_name_is_kept(office: Client, fair: Fair) -> None:
    place = {"place-role": "liaison"}
    asked = add(office, fair, **{"person-zone": "Asia/Dubai"}, **place)
    assert list(asked.context["forms"][0].errors) == ["zone"]
    assert 'name="person-zone_confirmed" value="Asia/Dubai"' in asked.content.decode()
    add(office, fair, **{"person-zone": "Asia/Dubai", "person-zone_confirmed": "Asia/Dubai"}, **place)
    user = User.objects.get(email="li.na@hongda.example")
    assert user.zone == "Asia/Dubai"
    groups = office.get(address(fair, user)).context["forms"][0].fields["zone"].choices
    assert [title for title, _choices in groups] == ["", "China", "All time zones"]
    User.objects.filter(pk=user.pk).update(zone="PRC")
    assert '<option value="PRC" selected>' in office.get(address(fair, user)).content.decode()
    office.post(address(fair, user), NEW | {"person-zone": "PRC", "person-wechat": "lina88"})
    user.refresh_from_db()
    assert (user.zone, user.wechat) == ("PRC", "lina88")


def test_account_in_another_fair_too_can_only_be_read(office: Client, fair: Fair) -> None:
    shared = make_staff(make_buyer(fair))
    RoleAssignment.objects.create(fair=make_fair(), user=shared, role="interpreter")
    page = office.get(address(fair, shared))
    assert (page.context["forms"], str(shared.email) in page.content.decode()) == ([], True)
    assert office.post(address(fair, shared), NEW).status_code == 409
    shared.refresh_from_db()
    assert shared.phone != "+8613857990001"


def test_company_of_another_fair_too_takes_nobody_in(office: Client, fair: Fair) -> None:
    """Its people have access in all its fairs."""
    buyer = make_buyer(fair)
    person = make_staff(buyer)
    Participation.objects.create(fair=make_fair(), company=buyer.company, buys=True, state="approved")
    got = add(office, fair, **at_company(buyer))
    assert list(got.context["place_form"].errors) == ["company"]
    name = f"staff-{person.positions.get().pk}"
    for route in ("place_change", "place_remove"):
        office.post(address(fair, person, route, name), {f"{name}-is_manager": "on"})
    office.post(address(fair, person, "person_remove"))
    assert Staff.objects.filter(user=person, position="managing_director").count() == 1


def test_address_of_another_account_is_refused(office: Client, fair: Fair) -> None:
    taken = make_person(email="taken@firm.example")
    person = make_staff(make_buyer(fair))
    page = office.get(address(fair, person))
    refused = office.post(address(fair, person), filled(page, **{"person-email": "TAKEN@firm.example"}))
    assert list(refused.context["forms"][0].errors) == ["email"]
    assert User.objects.filter(email=taken.email).count() == 1


def test_two_organisers_at_once_lose_nothing(office: Client, fair: Fair) -> None:
    person = make_staff(make_buyer(fair))
    colleague = Client()
    colleague.force_login(make_role(fair, "organiser"))
    mine, theirs = (each.get(address(fair, person)) for each in (office, colleague))
    colleague.post(
        address(fair, person),
        filled(theirs, **{"person-wechat": "two", "person-whatsapp": "+92 300 1234567", "person-remarks": "2"}),
    )
    refused = office.post(address(fair, person), filled(mine, **{"person-wechat": "one"}))
    [form] = refused.context["forms"]
    assert (list(form.errors), form["wechat"].value()) == (["wechat"], "one")
    again = {**filled(mine, **{"person-wechat": "one"}), "person-seen": form["seen"].value()}
    assert office.post(address(fair, person), again).status_code == 302
    person.refresh_from_db()
    assert (person.wechat, person.whatsapp, person.registrations.get().remarks) == ("one", "+923001234567", "2")


def test_several_roles_are_given_changed_and_ended(office: Client, fair: Fair) -> None:
    unit = RecruitingUnit.objects.create(fair=fair, key="jinhua", name=three("Jinhua"), country="CN")
    person = make_staff(make_exhibitor(fair), is_manager=False)
    for fields in ({"place-role": "delegated"}, {"place-role": "delegated", "place-unit": unit.pk}):
        office.post(address(fair, person, "place_add"), fields)
    role = RoleAssignment.objects.get(user=person)
    again = office.post(address(fair, person, "place_add"), {"place-role": "delegated", "place-unit": unit.pk})
    assert (role.unit, again.status_code) == (unit, 409)
    name = f"staff-{person.positions.get().pk}"
    office.post(
        address(fair, person, "place_change", name), {f"{name}-is_manager": "on", f"{name}-position": "集采平台"}
    )
    place = person.positions.get()
    assert (place.is_manager, place.position) == (True, "集采平台")
    person.refresh_from_db()
    version = person.access_version
    office.post(address(fair, person, "place_remove", f"role-{role.pk}"))
    person.refresh_from_db()
    assert (RoleAssignment.objects.filter(user=person).exists(), person.access_version) == (False, version + 1)


def test_place_of_somebody_else_is_not_found(office: Client, fair: Fair, organiser: User) -> None:
    person, other = make_role(fair, "liaison"), make_role(fair, "interpreter")
    foreign = RoleAssignment.objects.create(fair=make_fair(), user=person, role="interpreter")
    for role in (RoleAssignment.objects.get(user=other), foreign):
        assert office.post(address(fair, person, "place_remove", f"role-{role.pk}")).status_code == 404
    assert RoleAssignment.objects.count() == 4


def test_removed_person_loses_all_roles_and_keeps_the_account(office: Client, fair: Fair) -> None:
    person = make_staff(make_exhibitor(fair))
    RoleAssignment.objects.create(fair=fair, user=person, role="liaison")
    office.post(address(fair, person, "person_remove"))
    assert (listed(fair, q=str(person.email)), User.objects.filter(pk=person.pk, is_active=True).exists()) == (
        set(),
        True,
    )
    assert office.get(address(fair, person)).status_code == 404


def test_last_organiser_stays(office: Client, fair: Fair, organiser: User) -> None:
    role = RoleAssignment.objects.get(user=organiser)
    deactivated = make_role(fair, "organiser")
    User.objects.filter(pk=deactivated.pk).update(is_active=False)
    office.post(address(fair, organiser, "place_remove", f"role-{role.pk}"))
    office.post(address(fair, organiser, "person_remove"))
    assert RoleAssignment.objects.filter(pk=role.pk).exists()
    make_role(fair, "organiser")
    assert office.post(address(fair, organiser, "person_remove")).status_code == 302
    assert not RoleAssignment.objects.filter(pk=role.pk).exists()


def test_company_page_leads_to_its_people_and_adds_one(office: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    person = make_staff(exhibitor)
    page = office.get(reverse("office:company", args=[fair.slug, exhibitor.pk])).content.decode()
    to_add = f"{reverse('office:person_add', args=[fair.slug])}?company={exhibitor.pk}"
    assert [address(fair, person) in page, to_add in page] == [True, True]
    given = office.get(to_add).context["place_form"]
    assert (given["company"].value(), given["role"].value()) == (str(exhibitor.company.name), "staff")
    # Of two with one name the key says which.
    Participation.objects.filter(pk=exhibitor.pk).update(key="first")
    assert office.get(to_add).context["place_form"]["company"].value() == str(exhibitor.company.name)
    Company.objects.filter(pk=make_buyer(fair).company_id).update(name=exhibitor.company.name)
    assert office.get(to_add).context["place_form"]["company"].value() == "first"


def test_nobody_but_organisers_reads_a_person(fair: Fair) -> None:
    person, liaison = make_staff(make_buyer(fair)), make_role(fair, Role.LIAISON)
    for reader in (person, liaison, make_role(make_fair(), "organiser")):
        with pytest.raises(Refused, match="not_found"):
            load(FairPerson, actor(reader), "fair.organise", fair=fair.slug, user=person.pk)
