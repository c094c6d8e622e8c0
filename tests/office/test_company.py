"""A company's page: edited with its participation, by several organisers, and not where it is another fair's too."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from booths.models import Booth
from fairplatform.accounts.models import AuditEntry, Company
from fairplatform.fairs.models import Fair, Hall, Participation, RecruitingUnit
from tests.factories import (
    make_buyer,
    make_exhibitor,
    make_fair,
    make_participation,
    make_person,
    make_product,
    make_role,
    three,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.office.companies.actions")]


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def organiser(fair: Fair, client: Client) -> Client:
    client.force_login(make_role(fair, "organiser"))
    return client


def address(participation: Participation) -> str:
    return reverse("office:company", args=[participation.fair.slug, participation.pk])


def filled(page: Any, **changes: Any) -> dict[str, Any]:
    """What a browser sends for the forms of this page, with some inputs changed."""
    values: dict[str, Any] = {}
    for form in page.context["forms"]:
        for field in form:
            value = field.value()
            if field.name == "seen":
                values[field.html_name] = form["seen"].value()
            elif isinstance(value, dict) or field.widget_type == "translated":
                values |= {f"{field.html_name}_{code}": (value or {}).get(code, "") for code in ("en", "zh-hans", "ur")}
            elif field.widget_type == "checkbox":
                values |= {field.html_name: "on"} if value else {}
            else:
                values[field.html_name] = "" if value is None else field.field.prepare_value(value)
    return values | changes


def save(client: Client, participation: Participation, **changes: Any) -> Any:
    page = client.get(address(participation))
    return client.post(address(participation), filled(page, **changes))


NEW = {
    "company-name_zh-hans": "永康宏达工具有限公司",
    "company-country": "CN",
    "company-city_names_en": "Yongkang",
    "participation-sells": "on",
    "participation-state": "approved",
    "participation-desks": "2",
}


def test_company_is_added_by_hand(organiser: Client, fair: Fair) -> None:
    hall = fair.halls.get()
    unit = RecruitingUnit.objects.create(fair=fair, key="jinhua", name=three("Jinhua"), country="CN")
    own = {
        "company-name_en": "Hongda Tools",
        "company-kind": "Manufacturer",
        "company-registration": "91330784MA2E9ABC1X",
        "participation-hall": hall.pk,
        "participation-unit": unit.pk,
        "participation-offers": "8203.20, 8205",
        "participation-cooperation": ["goods", "agency"],
        "participation-plan": "3万",
        "participation-plan_currency": "USD",
        "participation-suppliers": "Old Friend",
        "participation-sole_agent_of": "Bosch; Makita",
    }
    got = organiser.post(reverse("office:company_add", args=[fair.slug]), NEW | own)
    added = Participation.objects.get(fair=fair)
    assert got["Location"] == address(added)
    company = added.company
    assert (company.name["en"], company.kind, company.city, company.registration) == (
        "Hongda Tools", "manufacturer", "yongkang", "91330784MA2E9ABC1X",
    )  # fmt: skip
    assert (added.key, added.unit, added.offers, added.cooperation, added.plan_minor, added.state) == (
        "hongda-tools", unit, ["820320", "8205"], ["goods", "agency"], 3_000_000, "approved",
    )  # fmt: skip
    assert added.suppliers == "Old Friend"
    assert (added.booth.hall, added.booth.number, added.booth.slug) == (hall, "1", "hongda-tools")
    assert list(added.sole_agencies.values_list("principal_name", flat=True)) == ["Bosch", "Makita"]
    [entry] = AuditEntry.objects.all()
    assert (entry.object, entry.after["registration"]) == (f"fairs.participation:{added.pk}", "91330784MA2E9ABC1X")


def test_nothing_typed_is_lost_when_a_form_is_wrong(organiser: Client, fair: Fair) -> None:
    wrong = {
        **NEW,
        "participation-offers": "9898",
        "participation-plan": "many",
        "participation-plan_currency": "USD",
        "company-city_names_en": "",
        "company-story_ur": "ہم اوزار بناتے ہیں",
    }
    page = organiser.post(reverse("office:company_add", args=[fair.slug]), wrong)
    company, participation = page.context["forms"]
    assert (page.status_code, list(company.errors), sorted(participation.errors)) == (
        409, ["city_names"], ["offers", "plan"],
    )  # fmt: skip
    assert [participation[name].value() for name in ("offers", "plan")] == ["9898", "many"]
    assert "ہم اوزار بناتے ہیں" in page.content.decode()
    assert not Company.objects.exists()


def test_identity_card_number_is_neither_kept_nor_shown(organiser: Client, fair: Fair) -> None:
    page = organiser.post(
        reverse("office:company_add", args=[fair.slug]), NEW | {"company-tax_number": "35202-1234567-1"}
    )
    assert (list(page.context["forms"][0].errors), "35202-1234567-1" in page.content.decode()) == (
        ["tax_number"], False,
    )  # fmt: skip


def test_booth_moves_with_its_hall(organiser: Client, fair: Fair) -> None:
    other = make_exhibitor(fair)
    exhibitor = make_exhibitor(fair)
    make_product(exhibitor)
    second = Hall.objects.create(fair=fair, number=2, name=three("Locks"))
    assert save(organiser, exhibitor, **{"participation-booth_number": "1"}).context["forms"][1].errors == {
        "booth_number": [f"{other.company.name} has this booth. Choose another number."]
    }
    assert save(organiser, exhibitor, **{"participation-hall": str(second.pk)}).status_code == 302
    moved = Booth.objects.get(participation=exhibitor)
    assert (moved.pk, moved.hall, moved.number, moved.displays.count()) == (exhibitor.booth.pk, second, "2", 1)
    refused = save(organiser, exhibitor, **{"participation-hall": ""})
    assert list(refused.context["forms"][1].errors) == ["hall"]
    assert save(organiser, other, **{"participation-hall": ""}).status_code == 302
    assert not Booth.objects.filter(participation=other).exists()


def test_booth_is_found_by_the_companys_new_name(organiser: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    product = make_product(exhibitor)
    save(organiser, exhibitor, **{"company-name_en": "Dragon Forge"})
    exhibitor.booth.refresh_from_db()
    product.refresh_from_db()
    assert ["dragon forge" in text for text in (exhibitor.booth.search, product.search)] == [True, True]


def test_two_organisers_at_once_lose_nothing(organiser: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    colleague = Client()
    colleague.force_login(make_role(fair, "organiser"))
    mine, theirs = (client.get(address(exhibitor)) for client in (organiser, colleague))
    colleague.post(address(exhibitor), filled(theirs, **{"company-legal_name": "Two", "participation-remarks": "Two"}))
    refused = organiser.post(address(exhibitor), filled(mine, **{"company-legal_name": "One"}))
    assert [list(form.errors) for form in refused.context["forms"]] == [["legal_name"], []]
    again = {
        **filled(mine, **{"company-legal_name": "One"}),
        "company-seen": refused.context["forms"][0]["seen"].value(),
    }
    assert organiser.post(address(exhibitor), again).status_code == 302
    exhibitor.refresh_from_db()
    exhibitor.company.refresh_from_db()
    assert (exhibitor.company.legal_name, exhibitor.remarks) == ("One", "Two")


def test_only_changes_are_audited(organiser: Client, fair: Fair) -> None:
    buyer = make_buyer(fair)
    save(organiser, buyer)
    assert not AuditEntry.objects.exists()
    save(organiser, buyer, **{"company-county": "Sabzazar", "participation-buys": "on", "participation-desks": "3"})
    [entry] = AuditEntry.objects.all()
    assert (entry.before, entry.after) == ({"county": "", "desks": 1}, {"county": "Sabzazar", "desks": 3})


def test_what_belongs_to_another_fair_too_can_only_be_read(organiser: Client, fair: Fair) -> None:
    buyer = make_buyer(fair)
    elsewhere = make_fair()
    Participation.objects.create(fair=elsewhere, company=buyer.company, buys=True, state="submitted")
    page = organiser.get(address(buyer))
    assert [form.prefix for form in page.context["forms"]] == ["participation"]
    got = organiser.post(address(buyer), filled(page, **{"company-legal_name": "Ours", "participation-desks": "3"}))
    buyer.refresh_from_db()
    buyer.company.refresh_from_db()
    assert (got.status_code, buyer.desks, buyer.company.legal_name) == (302, 3, "")


def test_organiser_of_both_fairs_edits_it_all(organiser: Client, fair: Fair) -> None:
    buyer, elsewhere = make_buyer(fair), make_fair()
    Participation.objects.create(fair=elsewhere, company=buyer.company, buys=True)
    both = make_person()
    for each in (fair, elsewhere):
        each.roles.create(user=both, role="organiser")
    organiser.force_login(both)
    save(organiser, buyer, **{"company-legal_name": "Ours"})
    buyer.company.refresh_from_db()
    assert buyer.company.legal_name == "Ours"


def test_company_type_is_of_the_list_or_in_own_words(organiser: Client, fair: Fair) -> None:
    buyer = make_buyer(fair)
    for typed, stored in (("集采平台", "集采平台"), ("Retail chain", "retail")):
        save(organiser, buyer, **{"company-kind": typed})
        buyer.company.refresh_from_db()
        assert buyer.company.kind == stored


def test_city_outside_the_list_keeps_its_names(organiser: Client, fair: Fair) -> None:
    firm = make_participation(fair, sells=False, country="AE", city="lahore")
    names = {"company-city_names_en": "Ras Al Khaimah", "company-city_names_zh-hans": "", "company-city_names_ur": ""}
    save(organiser, firm, **names)
    firm.company.refresh_from_db()
    assert (firm.company.city, firm.company.city_name) == ("ras-al-khaimah", {"en": "Ras Al Khaimah"})
    save(organiser, firm, **{**names, "company-city_names_en": "", "company-city_names_zh-hans": "卡拉奇"})
    firm.company.refresh_from_db()
    assert (firm.company.city, firm.company.city_name) == ("karachi", {})


def test_sole_agent_of_a_company_of_the_fair(organiser: Client, fair: Fair) -> None:
    principal, agent = make_exhibitor(fair), make_buyer(fair)
    save(organiser, agent, **{"participation-sole_agent_of": f"{principal.company.name['ur']}\nBosch"})
    assert list(agent.sole_agencies.values_list("principal", "principal_name")) == [(principal.pk, ""), (None, "Bosch")]
    page = organiser.get(address(agent))
    assert page.context["forms"][1]["sole_agent_of"].value() == f"{principal.company.name['en']}\nBosch"


def test_booth_number_before_approval_is_not_lost_in_silence(organiser: Client, fair: Fair) -> None:
    seller = make_participation(fair, sells=True, country="CN", city="yiwu")
    Participation.objects.filter(pk=seller.pk).update(state="submitted")
    refused = save(organiser, seller, **{"participation-booth_number": "A-12"})
    assert refused.context["forms"][1].errors == {
        "booth_number": ["The booth will be given once the company is approved, sells and has a hall."]
    }
    assert save(organiser, seller, **{"participation-booth_number": ""}).status_code == 302
    assert not Booth.objects.exists()


def test_booth_gets_the_lowest_free_number_or_the_one_typed(organiser: Client, fair: Fair) -> None:
    first, second, third = (make_exhibitor(fair) for _ in range(3))
    Booth.objects.filter(participation=second).delete()
    assert save(organiser, second, **{"participation-desks": "3"}).status_code == 302
    assert save(organiser, third, **{"participation-booth_number": " Ａ－１２"}).status_code == 302
    numbers = Booth.objects.order_by("participation").values_list("participation", "number")
    assert list(numbers) == [(first.pk, "1"), (second.pk, "2"), (third.pk, "A-12")]


def test_a_registration_number_of_another_company_of_the_fair_is_refused(organiser: Client, fair: Fair) -> None:
    number = "91330784MA2E9ABC1X"
    other = make_exhibitor(fair)
    other.company.identifiers.create(scheme="registration", value=number)
    add = reverse("office:company_add", args=[fair.slug])
    page = organiser.post(add, NEW | {"company-registration": f" {number.lower()}"})
    [error] = page.context["forms"][0].errors["registration"]
    assert (page.status_code, other.company.name["en"] in error, Company.objects.count()) == (409, True, 1)
    assert save(organiser, other, **{"company-prefecture": "Jinhua"}).status_code == 302  # its own number


@pytest.mark.parametrize("is_invited", [True, False])
def test_nothing_is_told_of_the_numbers_of_other_fairs(organiser: Client, fair: Fair, is_invited: bool) -> None:
    other = make_exhibitor(make_fair())
    other.company.identifiers.create(scheme="registration", value="91330784MA2E9ABC1X")
    if is_invited:
        Participation.objects.create(fair=fair, company=other.company, sells=True, state="invited")
    add = reverse("office:company_add", args=[fair.slug])
    got = organiser.post(add, NEW | {"company-registration": "91330784MA2E9ABC1X"})
    assert (got.status_code, Company.objects.count()) == (302, 2)


def test_halls_and_units_of_other_fairs_are_not_offered(organiser: Client, fair: Fair) -> None:
    other = make_exhibitor(make_fair())
    RecruitingUnit.objects.create(fair=other.fair, key="theirs", name=three("Theirs"), country="CN")
    form = organiser.get(reverse("office:company_add", args=[fair.slug])).context["forms"][1]
    own = [(str(hall.pk), f"{hall.number} · {hall.name}") for hall in fair.halls.all()]
    assert [(str(value), str(label)) for value, label in form.fields["hall"].widget.choices] == [
        ("", "Not chosen"),
        *own,
    ]
    assert [str(label) for _value, label in form.fields["unit"].widget.choices] == ["Not chosen"]
