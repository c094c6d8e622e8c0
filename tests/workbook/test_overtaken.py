"""Two imports at once, and what changes between a plan and its storing."""

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connection

from booths.models import Demand, Product
from fairplatform.accounts.models import Company, CompanyIdentifier, User
from fairplatform.fairs.models import Fair, Participation, Preference, Registration, RoleAssignment
from fairplatform.fairs.registrations import accept
from fairplatform.workbook.importing import Overtaken, import_workbook, plan_import, store_plan
from tests.factories import NOW, actor, make_exhibitor, make_fair, three
from tests.workbook.whole_fair import Sheets, whole_fair, workbook

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.either("fairplatform.workbook.importing", "fairplatform.workbook.planning.basis"),
]
FAIR: Sheets = {"fair": [{"slug": "ae2026"}]}
UPDATE: Sheets = {"fair": [{"slug": "ae2026"}], "companies": [{"key": "bolt", "employees": 9}]}


def test_a_plan_of_a_fair_that_another_import_makes_meanwhile_is_not_stored() -> None:
    plan = plan_import(workbook(whole_fair()))
    import_workbook(workbook(whole_fair()), now=NOW)
    with pytest.raises(Overtaken):
        store_plan(plan, now=NOW)
    assert (Fair.objects.count(), Company.objects.count()) == (1, 4)


def test_a_plan_is_not_stored_over_what_another_import_changed_meanwhile() -> None:
    import_workbook(workbook(whole_fair()), now=NOW)
    plan = plan_import(workbook(UPDATE))
    # Organisers alone change it, and a check of any other sheet may have read it.
    import_workbook(workbook({"fair": [{"slug": "ae2026"}], "units": [{"key": "yk", "quota": 9}]}), now=NOW)
    with pytest.raises(Overtaken):
        store_plan(plan, now=NOW)
    assert Participation.objects.get(key="bolt").company.employees is None


def test_a_plan_is_not_stored_over_what_an_organiser_changed_meanwhile() -> None:
    _plan, fair = import_workbook(workbook(whole_fair()), now=NOW)
    assert fair is not None
    plan = plan_import(workbook({"fair": [{"slug": "ae2026"}], "units": [{"key": "yk", "quota": 9}]}))
    unit = fair.units.get(key="yk")
    unit.quota = 30
    unit.save()
    with pytest.raises(Overtaken):
        store_plan(plan, now=NOW)
    unit.refresh_from_db()
    assert unit.quota == 30


def test_a_plan_is_not_stored_over_what_a_page_changed_meanwhile() -> None:
    import_workbook(workbook(whole_fair()), now=NOW)
    plan = plan_import(workbook(UPDATE))
    Company.objects.filter(participations__key="bolt").update(founded=1990)
    with pytest.raises(Overtaken):
        store_plan(plan, now=NOW)
    assert Participation.objects.get(key="bolt").company.founded == 1990
    import_workbook(workbook(UPDATE), now=NOW)
    company = Participation.objects.get(key="bolt").company
    assert (company.founded, company.employees) == (1990, 9)


def test_a_plan_is_not_stored_over_the_account_of_somebody_who_joined_another_fair_meanwhile() -> None:
    """From then on it is not for this fair's organisers alone to change; the next plan leaves it out."""
    import_workbook(workbook(whole_fair()), now=NOW)
    change: Sheets = {"fair": [{"slug": "ae2026"}], "people": [{"key": "wang", "email": "mine@anvil.example"}]}
    wang = User.objects.get(email="wang@anvil.example")
    invitation = Registration.objects.create(fair=make_fair(), user=wang)
    plan = plan_import(workbook(change))
    accept(actor(wang), registration=invitation.pk, shares_contact=False, speaks=[], now=NOW)
    with pytest.raises(Overtaken):
        store_plan(plan, now=NOW)
    plan, _fair = import_workbook(workbook(change), now=NOW)
    assert [one.code for one in plan.findings] == ["account_shared"]
    wang.refresh_from_db()
    assert wang.email == "wang@anvil.example"


def sheets(name: str, **cells: object) -> Sheets:
    """A workbook of the fair with one row."""
    return {**FAIR, name: [cells]}


def company(key: str) -> Company:
    return Participation.objects.get(key=key).company


def publish_a_text() -> None:
    Company.objects.filter(participations__key="anvil").update(tagline=three("Grips"), story=three("New"), employees=5)


def publish_a_product() -> None:
    Product.objects.create(company=company("anvil"), article="P-900", name=three("Vice"), hs6="820570")


def change_a_product() -> None:
    Product.objects.filter(article="P-200").update(moq=77)


def post_a_demand() -> None:
    buyer = Participation.objects.get(key="gulf")
    Demand.objects.create(fair=buyer.fair, participation=buyer, kind="goods", text=three("Hinges"))


def wish_for_nobody() -> None:
    one, other = (Participation.objects.get(key=key) for key in ("gulf", "anvil"))
    Preference.objects.update_or_create(
        fair=one.fair, participation=one, wanted=other, defaults={"wish": Preference.Wish.NO}
    )


def add_a_person() -> None:
    staff = User.objects.create(name=three("Staff"), email="new@anvil.example")
    Registration.objects.create(fair=Fair.objects.get(slug="ae2026"), user=staff, accepted_at=NOW)
    company("anvil").staff.create(user=staff)


PRODUCT = {"company": "anvil", "article": "P-777", "name_en": "Tongs", "hs": "820320"}
STAFF = {"role": "staff", "company": "anvil", "write_in": "zh", "country": "CN"}
PAIR = {"exhibitor": "bolt", "buyer": "Sand Trading"}
ACTS = (publish_a_text, publish_a_product, change_a_product, post_a_demand, wish_for_nobody, add_a_person)
IMPORTS = {
    "another company": UPDATE,
    "a product of the company": sheets("products", **PRODUCT),
    "a person of the company": sheets("people", name_en="Zhao", **STAFF),
    "a demand": sheets("demands", company="gulf", kind="agency", text_en="An agent for saws"),
    "a wish": sheets("preferences", company="bolt", wants="gulf", wish="would"),
    "a pair": sheets("pairs", **PAIR),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=lambda act: str(act.__name__))
@pytest.mark.parametrize("update", IMPORTS.values(), ids=IMPORTS)
def test_what_companies_do_meanwhile_with_other_rows_does_not_disturb_a_plan(
    update: Sheets, act: Callable[[], object]
) -> None:
    import_workbook(workbook(whole_fair()), now=NOW)
    plan = plan_import(workbook(update))
    assert plan.may_be_stored
    act()
    store_plan(plan, now=NOW)
    assert plan_import(workbook(update)).counts("unchanged").keys() >= update.keys()


def test_a_company_that_is_in_another_fair_too_disturbs_nothing() -> None:
    import_workbook(workbook(whole_fair()), now=NOW)
    Participation.objects.create(fair=make_fair(), company=company("anvil"), sells=True, state="approved")
    plan = plan_import(workbook(sheets("demands", company="anvil", kind="agency", text_en="An agent for saws")))
    publish_a_text()
    store_plan(plan, now=NOW)
    assert Demand.objects.filter(participation__company=company("anvil")).count() == 1


def test_who_changes_a_row_that_is_being_stored_waits_and_keeps_their_change() -> None:
    import_workbook(workbook(whole_fair()), now=NOW)
    plan = plan_import(workbook(UPDATE))

    def change() -> None:
        Company.objects.filter(participations__key="bolt").update(founded=1990)
        connection.close()

    writer = Thread(target=change)

    def begins() -> None:
        writer.start()
        writer.join(timeout=1)
        assert writer.is_alive()

    store_plan(plan, now=NOW, begins=begins)
    writer.join()
    assert (company("bolt").founded, company("bolt").employees) == (1990, 9)


def take_the_article() -> None:
    Product.objects.create(company=company("anvil"), article="P-777", name=three("Other"), hs6="820570")


def refuse_the_pair() -> None:
    exhibitor = Participation.objects.get(key="bolt")
    buyer = exhibitor.fair.participations.get(company__name__en="Sand Trading")
    Preference.objects.create(fair=exhibitor.fair, participation=buyer, wanted=exhibitor, wish=Preference.Wish.NO)


def take_the_booth() -> None:
    Participation.objects.get(key="anvil").booth.delete()
    booth = Participation.objects.get(key="bolt").booth
    booth.number = "99"
    booth.save()


def take_the_organiser() -> None:
    RoleAssignment.objects.filter(role="organiser", user__name__en="Bea").delete()


def register_the_number_elsewhere() -> None:
    known = make_exhibitor(make_fair()).company
    known.name = three("Chisel Works")
    known.save()
    CompanyIdentifier.objects.create(company=known, scheme="registration", value="91330784MA00000099")


def sign_in() -> None:
    User.objects.filter(email="wang@anvil.example").update(last_login=NOW)


CHISEL = {
    "key": "chisel", "name_en": "Chisel Works", "country": "CN", "city_en": "Wenzhou", "sells": True,
    "registration": "91330784MA00000099",
}  # fmt: skip
TOUCHED: dict[Callable[[], object], Sheets] = {
    change_a_product: sheets("products", company="anvil", article="P-200", moq=5),
    take_the_article: sheets("products", **PRODUCT),
    refuse_the_pair: sheets("pairs", **PAIR),
    take_the_booth: sheets("companies", key="anvil", booth="99"),
    take_the_organiser: sheets("people", key="ann", role="interpreter"),
    register_the_number_elsewhere: sheets("companies", **CHISEL),
    sign_in: sheets("people", key="wang", email="other@anvil.example"),
}


@pytest.mark.parametrize("act", TOUCHED, ids=lambda act: str(act.__name__))
def test_a_plan_is_overtaken_by_changes_of_its_rows_and_of_what_its_checks_read(act: Callable[[], object]) -> None:
    second = {"key": "bea", "name_en": "Bea", "role": "organiser", "write_in": "en", "country": "AE"}
    import_workbook(workbook(whole_fair()), now=NOW)
    import_workbook(workbook(sheets("people", **second)), now=NOW)
    plan = plan_import(workbook(TOUCHED[act]))
    assert plan.may_be_stored
    act()
    with pytest.raises(Overtaken):
        store_plan(plan, now=NOW)
