"""A company's own demands: entered, changed, closed and opened again; what is refused and nobody else's to see."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booths.models import Demand
from fairplatform.accounts.models import AuditEntry, User
from fairplatform.fairs.models import Fair, Participation
from fairplatform.notices.models import Notice
from tests.demands.pages import browser, errors, shown, url
from tests.factories import make_buyer, make_demand, make_exhibitor, make_quote, make_staff, three

pytestmark = pytest.mark.django_db


def filled(**fields: Any) -> dict[str, Any]:
    return shown(**{"kind": "goods", "text_en": "Pliers", "text_zh-hans": "", "text_ur": "", **fields})


def test_a_demand_is_entered_with_all_its_terms(fair: Fair, buyer: Participation, person: User) -> None:
    terms = {
        "text_ur": "پلاس", "hs_code": "8203.2000", "quantity": "5,000", "unit": "dozen", "price": "1.3500",
        "currency": "USD", "incoterm": "CFR", "place": "Karachi", "certificates": "CE; ISO 9001",
    }  # fmt: skip
    fields = filled(**terms, needs_origin="on", deadline="2020-05-20")
    answer = browser(person).post(url("add", fair), fields)
    demand = Demand.objects.get()
    assert answer["Location"] == url("demand", fair, demand.pk)
    names = ("text", "hs_code", "quantity", "unit", "target_price", "currency", "incoterm", "place", "certificates")
    assert [getattr(demand, name) for name in names] == [
        {"en": "Pliers", "ur": "پلاس"}, "82032000", 5000, "dozen", 13_500, "USD", "CFR", "karachi", ["CE", "ISO 9001"],
    ]  # fmt: skip
    assert (demand.participation, demand.needs_origin, str(demand.deadline)) == (buyer, True, "2020-05-20")
    page = browser(person).get(answer["Location"]).content.decode()
    assert re.findall(r"missing: \w+", page) == ["missing: Chinese"]
    assert "Needed under the free-trade agreement" in page


def test_a_partner_is_looked_for_without_goods(fair: Fair, person: User) -> None:
    browser(person).post(url("add", fair), filled(kind="agency", text_en="Sole agency in Punjab", currency="USD"))
    demand = Demand.objects.get()
    assert (demand.kind, demand.hs_code, demand.target_price, demand.currency) == ("agency", "", None, "")


def test_sent_twice_it_is_entered_once(fair: Fair, person: User) -> None:
    client = browser(person)
    first, second = (client.post(url("add", fair), filled(hs_code="8203")) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Demand.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"text_en": ""}, "text"),
        ({"text_en": "x" * 100_000}, "text"),
        ({"hs_code": "0099"}, "hs_code"),
        ({"hs_code": "unheard of"}, "hs_code"),
        ({"quantity": "-5", "unit": "pcs"}, "quantity"),
        ({"quantity": "1" + "0" * 20, "unit": "pcs"}, "quantity"),
        ({"quantity": "5000"}, "unit"),
        ({"quantity": "0", "unit": "pcs"}, "quantity"),
        ({"price": "-1", "unit": "pcs"}, "price"),
        ({"price": "0", "unit": "pcs", "currency": "USD"}, "price"),
        ({"price": "0.00001", "unit": "pcs", "currency": "USD"}, "price"),
        ({"price": "9" * 15, "unit": "pcs", "currency": "USD"}, "price"),
        ({"price": "1", "unit": "pcs", "currency": "XXX"}, "currency"),
        ({"price": "1", "unit": "pcs", "currency": ""}, "currency"),
        ({"place": "Karachi"}, "incoterm"),
        ({"place": "x" * 200, "incoterm": "CFR"}, "place"),
        ({"deadline": "2020-05-13"}, "deadline"),
        ({"deadline": "tomorrow"}, "deadline"),
        ({"kind": "gift"}, "kind"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_lost(fair: Fair, person: User, fields: dict[str, str], wrong: str) -> None:
    answer = browser(person).post(url("add", fair), filled(certificates="GS", **fields))
    assert list(errors(answer)) == [wrong]
    assert 'value="GS"' in answer.content.decode() or ">\nGS</textarea>" in answer.content.decode()
    assert not Demand.objects.exists()


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"price": "999,999,999,999"}, "Check the price and the quantity: at USD 999,999,999,999 per unit, the total"),
        ({"price": "90000", "quantity": "5000"}, "Check the price and the quantity: at USD 90,000 per unit, the total"),
        ({"quantity": "1" + "0" * 15}, "Check the quantity: 1,000,000,000,000,000 is unusually large. If it is right"),
    ],
)
def test_what_is_hardly_meant_is_asked_back_once(fair: Fair, person: User, fields: dict[str, str], asked: str) -> None:
    client, sent = browser(person), filled(unit="pcs", currency="USD", **fields)
    answer = client.post(url("add", fair), sent)
    [sentence] = errors(answer)["__all__"]
    assert (sentence.startswith(asked), Demand.objects.count()) == (True, 0)
    again = {**sent, "asked": re.findall(r'name="asked" value="([^"]*)"', answer.text)[0]}
    assert client.post(url("add", fair), {**again, "quantity": "1" + "0" * 14}).status_code == 409
    assert client.post(url("add", fair), again).status_code == 302
    # Other terms are changed without a question about figures that stay.
    demand = Demand.objects.get()
    assert client.post(url("change", fair, demand.pk), {**sent, "certificates": "CE"}).status_code == 302


@pytest.mark.parametrize("word", ["padlocks", "挂锁", "تالا"])
def test_a_word_offers_codes_and_the_chosen_one_counts(fair: Fair, person: User, word: str) -> None:
    answer = browser(person).post(url("add", fair), filled(hs_code=word))
    assert errors(answer) == {"hs_code": ["Choose one of these codes."]}
    assert '<input type="radio" name="hs_code-choice" value="830110">' in answer.text
    chosen = {"hs_code-asked": word, "hs_code-choice": "830110"}
    browser(person).post(url("add", fair), filled(hs_code=word, **chosen))
    assert Demand.objects.get().hs_code == "830110"


def test_the_title_of_a_code_is_shown_before_the_code_counts(fair: Fair, person: User) -> None:
    sent = {**filled(hs_code="8301.1000"), "hs_code-shown": ""}
    answer = browser(person).post(url("add", fair), sent)
    [sentence] = errors(answer)["hs_code"]
    assert sentence.startswith("HS 8301.10 means: ")
    assert 'value="8301.1000"' in answer.text
    assert browser(person).post(url("add", fair), {**sent, "hs_code-shown": "830110"}).status_code == 302


def test_marks_that_reorder_text_are_left_out(fair: Fair, person: User) -> None:
    browser(person).post(url("add", fair), filled(text_en="Pli\u202eers\u2066"))
    assert Demand.objects.get().text == {"en": "Pliers"}


def test_a_company_cannot_enter_any_number_a_day(
    fair: Fair, buyer: Participation, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairplatform.demands.actions.DEMANDS_A_DAY", 2)
    make_demand(buyer), make_demand(make_buyer(fair)), make_demand(buyer)
    answer = browser(person).post(url("add", fair), filled())
    assert errors(answer) == {"__all__": ["Your company has entered many demands within a day. Try again tomorrow."]}


def test_a_change_is_told_to_those_who_have_quoted(fair: Fair, buyer: Participation, person: User) -> None:
    demand, seller = make_demand(buyer), make_exhibitor(fair)
    writer = make_staff(seller)
    make_staff(make_exhibitor(fair))
    make_quote(demand, seller, writer)
    fields = {f"text_{code}": text for code, text in three("Pliers").items()}
    answer = browser(person).post(url("change", fair, demand.pk), filled(**fields, hs_code="820320"))
    assert answer["Location"] == url("demand", fair, demand.pk)
    assert list(Notice.objects.values_list("recipient", "code", "path")) == [
        (writer.pk, "demand_changed", url("quote", fair, demand.pk))
    ]


def test_nobody_is_sent_a_letter_for_each_of_countless_changes(
    fair: Fair, buyer: Participation, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairplatform.demands.actions.CHANGES_A_DAY", 2)
    demand, client = make_demand(buyer), browser(person)
    answers = [client.post(url("change", fair, demand.pk), filled(text_en=f"Pliers {one}")) for one in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 409]
    assert errors(answers[-1]) == {
        "__all__": ["This demand has been changed many times within a day. Try again tomorrow."]
    }
    demand.refresh_from_db()
    assert demand.text == {"en": "Pliers 1"}
    assert "Pliers 2" in answers[-1].text


def test_two_colleagues_do_not_overwrite_each_other(fair: Fair, buyer: Participation, person: User) -> None:
    demand, colleague = make_demand(buyer, text="Pliers"), make_staff(buyer, is_manager=False)
    address = url("change", fair, demand.pk)
    form = browser(person).get(address).context["form"]
    fields = {f"text_{code}": text for code, text in three("Pliers").items()}
    sent = filled(**fields, hs_code="820320", unit="pcs", seen=form["seen"].value())
    browser(colleague).post(address, {**sent, "quantity": "7000"})
    assert list(errors(browser(person).post(address, {**sent, "quantity": "9000"}))) == ["quantity"]
    assert browser(person).post(address, {**sent, "quantity": "5000", "certificates": "CE"}).status_code == 302
    demand.refresh_from_db()
    assert (demand.quantity, demand.certificates) == (7000, ["CE"])


def test_it_is_closed_with_a_reason_and_opened_again(fair: Fair, buyer: Participation, person: User) -> None:
    demand, client = make_demand(buyer), browser(person)
    client.post(url("close", fair, demand.pk), {"reason": "Bought \u202eelsewhere"})
    demand.refresh_from_db()
    assert (demand.state, demand.closed_reason) == ("closed", "Bought elsewhere")
    page = client.get(url("demand", fair, demand.pk)).content.decode()
    assert "Bought elsewhere" in page
    client.post(url("reopen", fair, demand.pk))
    demand.refresh_from_db()
    assert (demand.state, demand.closed_reason) == ("open", "")
    assert not AuditEntry.objects.exists()


def test_what_the_company_has_not_confirmed_is_neither_closed_nor_opened(
    fair: Fair, buyer: Participation, person: User
) -> None:
    for state in ("waiting", "rejected"):
        demand = make_demand(buyer, state=state)
        answers = [browser(person).post(url(route, fair, demand.pk)) for route in ("close", "reopen")]
        assert [answer.status_code for answer in answers] == [409, 409]
        demand.refresh_from_db()
        assert demand.state == state


def test_another_buyer_finds_nothing_of_it(fair: Fair, buyer: Participation) -> None:
    demand, other = make_demand(buyer, "Secret plan"), browser(make_staff(make_buyer(fair)))
    routes = {"demand": "get", "change": "get", "answers": "get", "quote": "get", "confirm": "get", "close": "post"}
    got = {route: getattr(other, method)(url(route, fair, demand.pk)) for route, method in routes.items()}
    assert {route: answer.status_code for route, answer in got.items()} == dict.fromkeys(routes, 404)
    assert "Secret plan" not in other.get(url("own", fair)).content.decode()


def test_a_withdrawn_company_takes_its_demands_out_of_sight(fair: Fair, buyer: Participation, person: User) -> None:
    demand, seller = make_demand(buyer), browser(make_staff(make_exhibitor(fair)))
    assert seller.get(url("demand", fair, demand.pk)).status_code == 200
    Participation.objects.filter(pk=buyer.pk).update(state="withdrawn")
    assert seller.get(url("demand", fair, demand.pk)).status_code == 404
    assert browser(person).get(url("demand", fair, demand.pk)).status_code == 404


def test_an_exhibitor_reads_what_is_wanted_and_not_what_the_company_plans(fair: Fair, buyer: Participation) -> None:
    Participation.objects.filter(pk=buyer.pk).update(
        plan_minor=77_777_700, plan_currency="USD", contact_mobile="+923001234567", suppliers="Anvil Ltd"
    )
    clerk = make_staff(buyer, phone="+923007654321", name=three("Hidden Person"))
    page = browser(make_staff(make_exhibitor(fair))).get(url("demand", fair, make_demand(buyer).pk)).content.decode()
    hidden = ("777,777", "3001234567", "Anvil", "3007654321", "Hidden Person", clerk.email)
    assert [word for word in hidden if word in page] == []
    assert "Pliers under our own brand" in page


def test_more_demands_cost_no_more_queries(fair: Fair, buyer: Participation, person: User) -> None:
    client, numbers = browser(person), []
    for size in (2, 20):
        for _ in range(size):
            make_demand(buyer)
        client.get(url("own", fair))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("own", fair))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
