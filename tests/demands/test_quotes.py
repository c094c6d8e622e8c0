"""Exhibitors find demands that suit them, answer them with quotes, and never read each other's."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booths.matching_sides import need_of
from booths.models import Demand, Quote, QuoteVersion
from fairplatform.accounts.models import Company, User
from fairplatform.demands import queries
from fairplatform.fairs.models import Fair, Participation
from fairplatform.matching import Buyer, fit
from fairplatform.notices.models import Notice
from tests.demands.pages import browser, errors, shown, url
from tests.factories import make_buyer, make_demand, make_exhibitor, make_product, make_quote, make_slots, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.either]


def quoted(**fields: Any) -> dict[str, Any]:
    terms = {"words": "Pliers", "unit": "pcs", "figure": "1.20", "currency": "USD", "incoterm": "FOB"}
    return shown(**{**terms, **fields})


def titles(page: str) -> list[str]:
    return [re.sub("<[^>]*>", "", one).strip() for one in re.findall(r'<h2 class="demand__title">(.*?)</h2>', page)]


def wanted(clerk: User, fair: Fair, query: str = "") -> str:
    answer = browser(clerk).get(url("wanted", fair) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_demands_that_suit_come_first_with_the_reasons(
    fair: Fair, buyer: Participation, seller: Participation, clerk: User
) -> None:
    make_product(seller, hs6="820320", certificates=["CE"])
    make_demand(buyer, "Any tools", hs_code="8203")
    make_demand(buyer, "Pliers", certificates=["CE"])
    make_demand(buyer, "Pumps", hs_code="841370")
    page = wanted(clerk, fair)
    assert titles(page) == ["Pliers", "Any tools"]
    assert "Same HS code: " in page
    assert "The minimum order is met: 5,000 pieces" in page
    assert sorted(titles(wanted(clerk, fair, "?show=all"))) == ["Any tools", "Pliers", "Pumps"]


def test_only_demands_that_anything_speaks_for_are_compared(fair: Fair, buyer: Participation) -> None:
    seller = make_exhibitor(fair)
    Participation.objects.filter(pk=seller.pk).update(offers=["8301"], cooperation=["agency"])
    make_product(seller, hs6="820320")
    kinds = [
        ("goods", "8203"),
        ("goods", "8203201000"),
        ("goods", "829900"),
        ("goods", "830140"),
        ("agency", ""),
        ("agency", "820411"),
        ("agency", "841370"),
        ("goods", "841370"),
        ("goods", ""),
        ("training", ""),
        ("goods", "8402"),
    ]
    made = [make_demand(buyer, kind=kind, hs_code=code).pk for kind, code in kinds]
    side, every = queries.seller_side(seller), Demand.objects.filter(fair=fair)
    suiting = {made.index(one.pk) for one in every if fit(side, Buyer(needs=(need_of(one),))).points}
    assert suiting == {made.index(pk) for pk in queries.suited(side, every)} == {0, 1, 2, 3, 4, 5}
    assert {made.index(pk) for pk in every.filter(queries.may_suit(side)).values_list("pk", flat=True)} == suiting


def test_the_filters_offer_what_has_come_since(
    fair: Fair, buyer: Participation, seller: Participation, clerk: User
) -> None:
    make_demand(buyer, hs_code="820320")
    assert '<option value="7318"' not in wanted(clerk, fair)
    make_demand(buyer, hs_code="731815")
    assert ['<option value="7318"' in wanted(clerk, fair), '<option value="8203"' in wanted(clerk, fair)] == [
        True,
        True,
    ]


def test_an_empty_list_advises_only_what_helps(fair: Fair, seller: Participation, clerk: User) -> None:
    said = [
        "No demand suits your company yet",
        "There is no demand in this fair that your company can answer at present.",
        "Remove a filter, or show all demands of the fair.",
        "Remove a filter.",
    ]
    asked = ("", "?show=all", "?kind=agency", "?show=all&kind=agency")
    pages = [wanted(clerk, fair, query) for query in asked]
    assert [[sentence for sentence in said if sentence in page] for page in pages] == [[one] for one in said]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Suitable exhibitors see your demand."),
        ({"state": "closed"}, "Exhibitors can no longer send quotes for this demand."),
        ({"deadline": "2020-05-13"}, "Exhibitors can no longer send quotes for this demand."),
        ({"state": "waiting"}, "Exhibitors will see the demand once your company has confirmed it."),
    ],
)
def test_a_buyer_without_quotes_reads_whether_there_may_be_one(
    fair: Fair, buyer: Participation, person: User, fields: dict[str, str], sentence: str
) -> None:
    page = browser(person).get(url("answers", fair, make_demand(buyer, **fields).pk)).text
    found = re.findall(r"(?:Suitable exhibitors|Exhibitors (?:can|will)) [^.<]*\.", page)
    assert found == [sentence]


def test_what_cannot_be_answered_is_not_listed(
    fair: Fair, buyer: Participation, seller: Participation, clerk: User
) -> None:
    make_product(seller)
    Participation.objects.filter(pk=seller.pk).update(buys=True)
    make_demand(seller, "Our own")
    for state in ("waiting", "rejected", "closed"):
        make_demand(buyer, state, state=state)
    make_demand(buyer, "late", deadline="2020-05-13")
    gone = make_buyer(fair)
    make_demand(gone, "gone")
    Participation.objects.filter(pk=gone.pk).update(state="refused")
    assert titles(wanted(clerk, fair, "?show=all")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("heading=8413", ["Pumps"]),
        ("kind=agency", ["Agent"]),
        ("certificate=CE", ["Pumps"]),
        ("until=2020-05-20", ["Pumps"]),
        ("until=soon", ["Agent", "Pliers", "Pumps"]),
        ("unanswered=on", ["Agent", "Pumps"]),
        ("heading=9999", ["Agent", "Pliers", "Pumps"]),
        ("q=pump", ["Pumps"]),
        ("q=HS+8203", ["Pliers"]),
        ("q=!", []),
        ("country=AE", ["Pumps"]),
        ("country=PK", ["Agent", "Pliers"]),
        ("quantity=6,000", ["Pumps"]),
        ("unit=pcs", ["Agent", "Pliers"]),
        ("q=pliers&quantity=6000", []),
    ],
)
def test_filters(fair: Fair, buyer: Participation, clerk: User, query: str, found: list[str]) -> None:
    abroad = make_buyer(fair)
    Company.objects.filter(pk=abroad.company_id).update(country="AE")
    large = {"quantity": 9_000, "unit": "sets"}
    make_demand(abroad, "Pumps", hs_code="841370", certificates=["CE"], deadline="2020-05-19", **large)
    make_demand(buyer, "Agent", kind="agency", hs_code="")
    other = make_exhibitor(fair)
    make_quote(make_demand(buyer, "Pliers"), other, make_staff(other))
    assert sorted(titles(wanted(clerk, fair, f"?show=all&{query}"))) == found


def test_more_demands_cost_no_more_queries(
    fair: Fair, buyer: Participation, seller: Participation, clerk: User
) -> None:
    make_product(seller)
    client, numbers = browser(clerk), []
    for size in (2, 30):
        for _ in range(size):
            make_demand(buyer)
        client.get(url("wanted", fair))
        with CaptureQueriesContext(connection) as captured:
            client.get(url("wanted", fair))
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]


def test_an_exhibitor_without_a_booth_has_no_such_page(fair: Fair, seller: Participation, clerk: User) -> None:
    seller.booth.delete()
    assert browser(clerk).get(url("wanted", fair)).status_code == 409


def test_a_quote_is_sent_and_told(
    fair: Fair, buyer: Participation, person: User, seller: Participation, clerk: User
) -> None:
    demand, product = make_demand(buyer), make_product(seller, "Forged pliers")
    fields = quoted(
        words="", product=product.pk, hs_code="8203.20", quantity="5000", place="Ningbo", lead_days="30",
        payment="30% T/T", gives_origin="on", valid_until="2020-06-01", remarks="Own brand",
    )  # fmt: skip
    browser(clerk).post(url("quote", fair, demand.pk), fields)
    version = QuoteVersion.objects.get()
    names = ("number", "hs_code", "quantity", "unit", "price", "currency", "incoterm", "place", "lead_days", "payment")
    assert [getattr(version, name) for name in names] == [
        1, "820320", 5000, "pcs", 12_000, "USD", "FOB", "ningbo", 30, "30% T/T",
    ]  # fmt: skip
    assert (version.goods, version.product, version.gives_origin) == (product.name, product, True)
    assert (version.written_by, str(version.valid_until), version.remarks) == (clerk, "2020-06-01", "Own brand")
    assert version.quote.newest == version
    path = f"{url('answers', fair, demand.pk)}#quote-{version.quote_id}"
    assert list(Notice.objects.values_list("recipient", "code", "path")) == [(person.pk, "quote_received", path)]


def test_a_change_is_a_new_version_and_both_read_the_earlier_one(
    fair: Fair, buyer: Participation, person: User, clerk: User
) -> None:
    demand = make_demand(buyer)
    address, client = url("quote", fair, demand.pk), browser(clerk)
    client.post(address, quoted())
    first = QuoteVersion.objects.get()
    client.post(address, quoted(figure="1.10", base=str(first.pk)))
    assert list(QuoteVersion.objects.values_list("number", "price")) == [(1, 12_000), (2, 11_000)]
    for page in (client.get(address), browser(person).get(url("answers", fair, demand.pk))):
        figures = re.findall(r"USD\xa0\d\.\d+", page.content.decode())
        assert {"USD\xa01.10", "USD\xa01.20"} <= set(figures)
    assert list(Notice.objects.order_by("pk").values_list("code", flat=True)) == ["quote_changed"]


def test_two_presses_two_tabs_or_two_colleagues_make_one_version(
    fair: Fair, buyer: Participation, seller: Participation, clerk: User
) -> None:
    address = url("quote", fair, make_demand(buyer).pk)
    colleague = browser(make_staff(seller, is_manager=False))
    answers = [client.post(address, quoted()) for client in (browser(clerk), browser(clerk), colleague)]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert (Quote.objects.count(), QuoteVersion.objects.count()) == (1, 1)


def test_what_was_written_before_the_newest_version_is_asked_again(
    fair: Fair, buyer: Participation, seller: Participation, clerk: User
) -> None:
    address = url("quote", fair, make_demand(buyer).pk)
    colleague = browser(make_staff(seller))
    colleague.post(address, quoted())
    answer = browser(clerk).post(address, quoted(figure="1.15", remarks="Ours"))
    assert list(errors(answer)) == ["__all__"]
    assert "Ours" in answer.content.decode()
    base = answer.context["form"]["base"].value()
    browser(clerk).post(address, quoted(figure="1.15", remarks="Ours", base=base))
    assert list(QuoteVersion.objects.values_list("price", flat=True)) == [12_000, 11_500]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"figure": "0"}, "figure"),
        ({"figure": "-1"}, "figure"),
        ({"figure": ""}, "figure"),
        ({"figure": "9" * 30}, "figure"),
        ({"currency": ""}, "currency"),
        ({"unit": ""}, "unit"),
        ({"words": ""}, "words"),
        ({"words": "x" * 100_000}, "words"),
        ({"remarks": "x" * 100_000}, "remarks"),
        ({"hs_code": "0000"}, "hs_code"),
        ({"valid_until": "2020-05-14"}, "valid_until"),
        ({"valid_until": "2019-01-01"}, "valid_until"),
        ({"lead_days": "-1"}, "lead_days"),
        ({"lead_days": "100000"}, "lead_days"),
        ({"incoterm": "", "place": "Karachi"}, "incoterm"),
    ],
)
def test_bad_figures_are_refused(
    fair: Fair, buyer: Participation, clerk: User, fields: dict[str, str], wrong: str
) -> None:
    answer = browser(clerk).post(url("quote", fair, make_demand(buyer).pk), quoted(**fields))
    assert list(errors(answer)) == [wrong]
    assert not Quote.objects.exists()


def test_a_product_of_another_exhibitor_is_none_to_choose(fair: Fair, buyer: Participation, clerk: User) -> None:
    rivals = make_product(make_exhibitor(fair))
    answer = browser(clerk).post(url("quote", fair, make_demand(buyer).pk), quoted(product=rivals.pk))
    assert list(errors(answer)) == ["product"]


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"figure": "130"}, "The price, USD 130.00, is far from the target, USD 1.30."),
        ({"figure": "0.01"}, "The price, USD 0.01, is far from the target, USD 1.30."),
        (
            {"figure": "90000", "quantity": "5000", "currency": "CNY"},
            "Check the price and the quantity: at CNY 90,000 per unit,",
        ),
        ({"lead_days": "900"}, "The lead time is more than a year."),
        ({"valid_until": "2030-01-01"}, "The quote would be valid for more than two years."),
        ({"figure": "1.350"}, "Unit price: "),
    ],
)
def test_what_is_hardly_meant_is_asked_back_once(
    fair: Fair, buyer: Participation, clerk: User, fields: dict[str, str], asked: str
) -> None:
    demand = make_demand(buyer, target_price=13_000, currency="USD", incoterm="FOB")
    address, client = url("quote", fair, demand.pk), browser(clerk)
    answer = client.post(address, quoted(**fields))
    [sentence] = errors(answer)["__all__"]
    assert sentence.startswith(asked)
    assert not Quote.objects.exists()
    again = {**quoted(**fields), "asked": answer.context["form"]["asked"].value()}
    # Other figures than those that were asked about are asked about themselves.
    if "figure" in fields:
        assert client.post(address, {**again, "figure": "140000"}).status_code == 409
    assert client.post(address, again).status_code == 302
    assert QuoteVersion.objects.count() == 1


def test_a_quote_is_withdrawn_by_a_version_that_says_so(
    fair: Fair, buyer: Participation, person: User, clerk: User
) -> None:
    demand, client = make_demand(buyer), browser(clerk)
    client.post(url("quote", fair, demand.pk), quoted())
    for _ in range(2):
        client.post(url("withdraw", fair, demand.pk), {"remarks": "Sold \u202eout"})
    assert list(QuoteVersion.objects.values_list("number", "withdrawn", "price", "remarks")) == [
        (1, False, 12_000, ""), (2, True, None, "Sold out"),
    ]  # fmt: skip
    page = browser(person).get(url("answers", fair, demand.pk))
    assert (page.context["answers"], len(page.context["withdrawn"])) == ([], 1)
    # Another one may follow.
    newest = QuoteVersion.objects.last()
    assert newest
    client.post(url("quote", fair, demand.pk), quoted(base=str(newest.pk)))
    assert QuoteVersion.objects.count() == 3


@pytest.mark.parametrize("fields", [{"state": "closed"}, {"deadline": "2020-05-13"}])
def test_what_is_over_is_not_answered(fair: Fair, buyer: Participation, clerk: User, fields: dict[str, str]) -> None:
    demand, client = make_demand(buyer, **fields), browser(clerk)
    page = client.get(url("quote", fair, demand.pk))
    assert page.context["form"] is None
    answer = client.post(url("quote", fair, demand.pk), quoted(remarks="Typed for an hour"))
    assert errors(answer) == {"__all__": ["This demand is closed or has expired. You can no longer send a quote."]}
    assert ("Typed for an hour" in answer.text, Quote.objects.exists()) == (True, False)


def test_nobody_quotes_for_their_own_demand(fair: Fair, seller: Participation, clerk: User) -> None:
    Participation.objects.filter(pk=seller.pk).update(buys=True)
    answer = browser(clerk).post(url("quote", fair, make_demand(seller).pk), quoted())
    assert (answer.status_code, Quote.objects.count()) == (409, 0)


def test_a_company_cannot_write_any_number_of_versions_a_day(
    fair: Fair, buyer: Participation, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairplatform.demands.quoting.OF_ONE_A_DAY", 1)
    address, client = url("quote", fair, make_demand(buyer).pk), browser(clerk)
    client.post(address, quoted())
    answer = client.post(address, quoted(figure="1.1", base=str(QuoteVersion.objects.get().pk)))
    assert errors(answer) == {"__all__": ["Your company has sent many quotes within a day. Try again tomorrow."]}
    assert QuoteVersion.objects.count() == 1
    # A quote can always be withdrawn.
    client.post(url("withdraw", fair, Demand.objects.get().pk))
    assert QuoteVersion.objects.count() == 2


def test_a_rival_and_an_organiser_read_no_price_of_a_quote(
    fair: Fair, buyer: Participation, seller: Participation, clerk: User
) -> None:
    demand, rival = make_demand(buyer), browser(make_staff(make_exhibitor(fair)))
    make_quote(demand, seller, clerk, price=98_765_4321, remarks="Secret terms")
    routes = ("demand", "quote", "answers")
    got = {route: rival.get(url(route, fair, demand.pk)) for route in routes}
    assert {route: answer.status_code for route, answer in got.items()} == {"demand": 200, "quote": 200, "answers": 403}
    pages = (
        "".join(answer.content.decode() for answer in got.values()) + rival.get(url("wanted", fair)).content.decode()
    )
    assert [word for word in ("98,765", "Secret terms", str(seller.company.name)) if word in pages] == []


def test_a_request_for_a_meeting_carries_the_demand(fair: Fair, buyer: Participation, clerk: User) -> None:
    make_slots(fair, number=12)
    demand = make_demand(buyer, "Pliers under our own brand")
    page = browser(clerk).get(url("demand", fair, demand.pk)).content.decode()
    address = f"{reverse('meetings:request_make', args=[fair.slug, buyer.pk])}?demand={demand.pk}"
    assert f'href="{address}"' in page
    assert browser(clerk).get(address).context["form"]["note"].value() == "Pliers under our own brand"


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 30])
def test_of_a_demand_that_nobody_sees_nothing_is_proposed(
    fair: Fair, buyer: Participation, clerk: User, key: str
) -> None:
    hidden = make_demand(buyer, "Hidden", state="waiting")
    for wrong in (key, str(hidden.pk)):
        address = f"{reverse('meetings:request_make', args=[fair.slug, buyer.pk])}?demand={wrong}"
        assert browser(clerk).get(address).context["form"]["note"].value() == ""
