"""The next fair of a series takes over companies and people, row by row; whoever is elsewhere too is asked."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from booths.models import Booth, Demand, Display
from booths.search_index import index_again
from fairplatform.accounts.models import AuditEntry, Staff
from fairplatform.fairs.models import (
    Absence,
    Fair,
    Hall,
    Participation,
    Preference,
    RecruitingUnit,
    Registration,
    SoleAgency,
)
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair, make_product, make_role, make_staff, three
from tests.office.office import Office

pytestmark = pytest.mark.django_db
SAME = (
    "company", "key", "unit__key", "hall__number", "sells", "buys", "offers", "wants", "cooperation", "desks",
    "min_meetings", "max_meetings", "contact_name", "contact_mobile", "contact_position", "remarks",
    "preferred_from", "preferred_until",
)  # fmt: skip


@pytest.fixture
def office(client: Client) -> Office:
    return Office(client, make_fair())


def next_of(office: Office, *wanted: str) -> tuple[Fair, list[str]]:
    fields = dict.fromkeys(wanted, "on")
    response = office.post("next", name_en="Autumn fair", slug="autumn", series="Fairs", **fields)
    page = office.client.get(response["Location"])
    return Fair.objects.get(slug="autumn"), [str(message) for message in page.context["messages"]][1:]


def participations(fair: Fair) -> list[Any]:
    return list(fair.participations.order_by("pk").values_list(*SAME))


def test_companies_come_with_booths_products_agencies_and_people(office: Office) -> None:
    old = office.fair
    Hall.objects.create(fair=old, number=2, name=three("Pumps"))
    unit = RecruitingUnit.objects.create(fair=old, key="jinhua", name=three("Jinhua"), country="CN")
    first, second, buyer = make_exhibitor(old), make_exhibitor(old), make_buyer(old)
    Participation.objects.filter(pk=first.pk).update(
        key="one", unit=unit, offers=["820320"], wants=["84"], cooperation=["agency"], desks=3, min_meetings=2,
        max_meetings=9, contact_name=three("Wang"), contact_mobile="+86138", contact_position="boss", remarks="Good.",
        plan_minor=5, plan_currency="USD", state="waiting", preferred_from="10:00", preferred_until="12:00",
    )  # fmt: skip
    make_product(first)
    shown = make_product(second)
    Display.objects.filter(product=shown).update(hall=old.halls.get(number=2), rank=4)
    gone = make_buyer(old)
    Participation.objects.filter(pk=gone.pk).update(state="withdrawn")
    SoleAgency.objects.create(participation=buyer, principal=first)
    SoleAgency.objects.create(participation=buyer, principal=gone)
    manager, silent = make_staff(first), make_staff(second)
    said = {"accepted_at": NOW, "consented_at": NOW, "contact_consented_at": NOW, "consent_on": NOW.date()}
    Registration.objects.create(fair=old, user=manager, key="wang", remarks="Calls", **said)
    Registration.objects.create(fair=old, user=silent, key="li", accepted_at=NOW, declined_at=NOW)
    index_again([first.company_id])
    before = participations(old)
    new, told = next_of(office, "companies")
    assert participations(old) == before
    assert participations(new) == before[:3]
    assert list(new.participations.values_list("state", "plan_minor", "plan_currency").distinct()) == [
        ("submitted", None, "")
    ]
    booths = ("participation__company", "hall__number", "slug", "number", "search")
    assert list(new.booths.order_by("pk").values_list(*booths)) == list(old.booths.order_by("pk").values_list(*booths))
    displays = ("product", "booth__slug", "hall__number", "rank")
    assert list(Display.objects.filter(booth__fair=new).order_by("pk").values_list(*displays)) == list(
        Display.objects.filter(booth__fair=old).order_by("pk").values_list(*displays)
    )
    assert {row.hall.fair_id for row in Booth.objects.filter(fair=new)} == {new.pk}
    assert {row.hall.fair_id for row in Display.objects.filter(booth__fair=new) if row.hall} == {new.pk}
    assert {row.unit.fair_id for row in new.participations.all() if row.unit} == {new.pk}
    agencies = SoleAgency.objects.filter(participation__fair=new).order_by("pk")
    names = "participation__company", "principal__company", "principal__fair", "principal_name"
    assert list(agencies.values_list(*names)) == [
        (buyer.company_id, first.company_id, new.pk, ""),
        (buyer.company_id, None, None, str(gone.company.name)),
    ]
    fields = "user", "key", "remarks", "consented_at", "contact_consented_at", "consent_on"
    others = new.registrations.exclude(user=office.person)
    assert list(others.values_list(*fields)) == [(manager.pk, "wang", "Calls", None, None, None)]
    assert not new.registrations.filter(accepted_at=None).exists()
    assert told == [
        "3 companies were copied.",
        "2 products were copied.",
        "1 person was copied.",
    ]
    [entry] = AuditEntry.objects.filter(fair=new)
    assert entry.after["taken_over"] == {
        "people": 1, "people_invited": 0, "companies": 3, "companies_invited": 0, "booths": 2, "products": 2,
    }  # fmt: skip


def test_people_come_with_their_roles_and_organisers_keep_both_fairs(office: Office) -> None:
    old = office.fair
    unit = RecruitingUnit.objects.create(fair=old, key="jinhua", name=three("Jinhua"), country="CN")
    pairs = {"language_pairs": ["zh-ur"], "max_minutes_a_day": 240, "on_call": True}
    make_role(old, "organiser"), make_role(old, "delegated", unit=unit), make_role(old, "interpreter", **pairs)
    make_buyer(old)
    new, told = next_of(office, "people")
    fields = "user", "role", "unit__key", "language_pairs", "max_minutes_a_day", "on_call"
    assert sorted(new.roles.values_list("user", "role")) == sorted(old.roles.values_list("user", "role"))
    assert list(new.roles.order_by("user").values_list(*fields)) == list(
        old.roles.order_by("user").values_list(*fields)
    )
    assert {role.unit.fair_id for role in new.roles.all() if role.unit} == {new.pk}
    assert told == ["3 people were copied."]
    assert not new.participations.exists()


def test_whoever_is_in_fairs_of_other_organisers_is_invited(office: Office) -> None:
    old, elsewhere = office.fair, make_fair()
    theirs, interpreter = make_exhibitor(old), make_role(old, "interpreter", language_pairs=["zh-ur"])
    Participation.objects.create(fair=elsewhere, company=theirs.company, sells=True, state="approved")
    make_product(theirs)
    manager = make_staff(theirs)
    Registration.objects.create(fair=old, user=manager, accepted_at=NOW)
    Registration.objects.create(fair=elsewhere, user=interpreter, accepted_at=NOW)
    new, told = next_of(office, "companies", "people")
    assert list(new.participations.values_list("company", "state")) == [(theirs.company_id, "invited")]
    [asked] = new.registrations.exclude(user=office.person)
    assert (asked.user, asked.accepted_at) == (interpreter, None)
    assert {name: asked.invitation[name] for name in ("role", "language_pairs", "name", "invited_by")} == {
        "role": "interpreter",
        "language_pairs": ["zh-ur"],
        "name": interpreter.name,
        "invited_by": office.person.pk,
    }
    assert [new.booths.count(), new.roles.count(), Staff.objects.count()] == [0, 1, 1]
    assert told == ["1 company of other organisers is invited.", "1 person of other organisers is invited."]


def test_a_large_fair_takes_as_many_queries_as_a_small_one(office: Office, django_assert_max_num_queries: Any) -> None:
    for _number in range(40):
        make_product(exhibitor := make_exhibitor(office.fair))
        Registration.objects.create(fair=office.fair, user=make_staff(exhibitor), accepted_at=NOW)
    with django_assert_max_num_queries(70):
        office.post("next", name_en="Autumn fair", slug="autumn", series="Fairs", companies="on", people="on")
    assert Participation.objects.filter(fair__slug="autumn").count() == 40


def demand_of(participation: Participation, key: str, **fields: Any) -> Demand:
    kind, text = "goods", three(key)
    return Demand.objects.create(
        fair=participation.fair, participation=participation, key=key, kind=kind, text=text, **fields
    )


def test_open_demands_come_if_they_are_asked_for(office: Office) -> None:
    old, elsewhere = office.fair, make_fair()
    buyer, gone, theirs = make_buyer(old), make_buyer(old), make_buyer(old)
    Participation.objects.filter(pk=gone.pk).update(state="withdrawn")
    Participation.objects.create(fair=elsewhere, company=theirs.company, buys=True, state="approved")
    today = timezone.now().astimezone(ZoneInfo(old.host_zone)).date()
    price = {"quantity": 500, "unit": "pcs", "target_price": 12_500, "currency": "USD", "certificates": ["CE"]}
    demand_of(buyer, "steel", hs_code="7308", deadline=today, entered_by="The chamber", **price)
    demand_of(buyer, "agent")
    demand_of(buyer, "late", deadline=today - timedelta(days=1))
    demand_of(gone, "gone"), demand_of(theirs, "theirs")
    new, told = next_of(office, "companies", "demands")
    fields = (
        "key", "participation__company", "kind", "text", "hs_code", "quantity", "unit", "target_price", "currency",
        "certificates", "deadline", "entered_by",
    )  # fmt: skip
    kept = Demand.objects.filter(fair=old, key__in=("steel", "agent")).order_by("pk").values_list(*fields)
    copies = Demand.objects.filter(fair=new).order_by("pk")
    assert list(copies.values_list(*fields)) == list(kept)
    assert {row.participation.fair_id for row in copies} == {new.pk}
    assert told == ["1 company was copied.", "1 company of other organisers is invited.", "2 demands were copied."]
    assert Demand.objects.filter(fair=old).count() == 5


def test_demands_do_not_come_of_themselves(office: Office) -> None:
    demand_of(make_buyer(office.fair), "agent")
    new, _told = next_of(office, "companies")
    assert not new.demands.exists()


def test_demands_need_their_companies(office: Office) -> None:
    page = office.post("next", name_en="Autumn fair", slug="autumn", series="Fairs", demands="on")
    assert (page.status_code, page.text.count("Demands can only be copied together with the companies.")) == (409, 2)
    assert not Fair.objects.filter(slug="autumn").exists()


def test_who_does_not_want_to_meet_whom_stays_and_no_other_wish_or_absence(office: Office) -> None:
    old = office.fair
    one, other, gone = make_exhibitor(old), make_buyer(old), make_buyer(old)
    Participation.objects.filter(pk=gone.pk).update(state="refused")
    said_by = make_staff(one)
    wishes = ((one, other, "no"), (other, one, "must"), (one, gone, "no"), (gone, one, "would"))
    for company, wanted, wish in wishes:
        Preference.objects.create(fair=old, participation=company, wanted=wanted, wish=wish, said_by=said_by)
    Absence.objects.create(fair=old, participation=one, date=NOW.date())
    Absence.objects.create(fair=old, user=said_by, date=NOW.date())
    new, told = next_of(office, "companies")
    fields = "participation__company", "participation__fair", "wanted__company", "wanted__fair", "wish", "said_by"
    assert list(new.preferences.values_list(*fields)) == [
        (one.company_id, new.pk, other.company_id, new.pk, "no", said_by.pk)
    ]
    assert (new.absences.count(), old.preferences.count(), told) == (0, 4, ["2 companies were copied."])
