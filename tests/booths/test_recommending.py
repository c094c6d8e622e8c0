"""Who is recommended to whom, in which order, and who never is."""

from datetime import date, timedelta
from typing import Any

import pytest

from booths.matching_sides import sellers
from booths.models import Demand, NotInterested, Product
from booths.recommending import MOST, recommendations
from booths.shortlists import Side
from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.models.wishes import Preference, SoleAgency
from fairplatform.matching import Reason
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.either]
TODAY = date(2020, 5, 14)


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


def say(participation: Participation, **fields: Any) -> Participation:
    for name, value in fields.items():
        setattr(participation, name, value)
    participation.save()
    return participation


def seller_of(fair: Fair, hs6: str = "820320", **fields: Any) -> Participation:
    exhibitor = make_exhibitor(fair)
    make_product(exhibitor, hs6=hs6, **fields)
    return exhibitor


def buyer_of(fair: Fair, hs_code: str = "820320", **fields: Any) -> Participation:
    buyer = make_buyer(fair)
    terms = {"kind": "goods", "text": {"en": "Pliers"}, "hs_code": hs_code, **fields}
    Demand.objects.create(fair=fair, participation=buyer, **terms)
    return buyer


def keys(participation: Participation, side: Side) -> list[int]:
    return [one.other.pk for one in recommendations(participation, side, TODAY)]


def others_of(participation: Participation) -> list[int]:
    return keys(participation, "seller") + keys(participation, "buyer")


def test_both_are_recommended_each_other_with_what_speaks_for_them(fair: Fair) -> None:
    seller, buyer = seller_of(fair), buyer_of(fair, quantity=5_000, unit="pcs")
    seller_of(fair, "940320")
    buyer_of(fair, "940320")
    [to_seller] = recommendations(seller, "seller", TODAY)
    [to_buyer] = recommendations(buyer, "buyer", TODAY)
    reasons = (Reason("same_code", ("820320",)), Reason("quantity", quantity=5_000, unit="pcs"))
    assert (to_seller.other, to_seller.found.reasons, to_seller.demands) == (buyer, reasons, (buyer.demands.get(),))
    assert (to_buyer.other, to_buyer.found.reasons) == (seller, reasons)
    assert (to_buyer.products, to_seller.products, to_buyer.demands) == ((seller.booth.displays.get(),), (), ())


def test_the_closest_goods_come_first(fair: Fair) -> None:
    buyer = buyer_of(fair)
    heading, code = seller_of(fair, "820330"), seller_of(fair, "820320")
    assert keys(buyer, "buyer") == [code.pk, heading.pk]


def test_the_chapter_does_where_there_is_nothing_closer(fair: Fair) -> None:
    seller, buyer = seller_of(fair, "820411"), say(make_buyer(fair), wants=["8203"])
    assert (keys(buyer, "buyer"), keys(seller, "seller")) == ([seller.pk], [buyer.pk])
    closer = say(make_exhibitor(fair), offers=["8203"])
    assert keys(buyer, "buyer") == [closer.pk]


def test_what_is_announced_does_for_products_and_demands(fair: Fair) -> None:
    seller, buyer = say(make_exhibitor(fair), offers=["8301"]), say(make_buyer(fair), wants=["830110"])
    assert (keys(buyer, "buyer"), keys(seller, "seller")) == ([seller.pk], [buyer.pk])


def test_a_cooperation_without_goods(fair: Fair) -> None:
    seller, buyer = say(make_exhibitor(fair), cooperation=["agency"]), buyer_of(fair, "", kind="agency")
    seller_of(fair)
    [to_seller] = recommendations(seller, "seller", TODAY)
    assert (to_seller.other, to_seller.demands) == (buyer, (buyer.demands.get(),))
    assert keys(buyer, "buyer") == [seller.pk]


def test_an_expired_demand_recommends_nobody(fair: Fair) -> None:
    seller, buyer = seller_of(fair), buyer_of(fair, deadline=TODAY - timedelta(days=1))
    assert (others_of(seller), others_of(buyer)) == ([], [])


def test_companies_that_only_sell_only_buy_or_do_both(fair: Fair) -> None:
    seller, buyer, both = seller_of(fair), buyer_of(fair), say(seller_of(fair), buys=True, wants=["8203"])
    assert (keys(seller, "seller"), keys(seller, "buyer")) == ([buyer.pk, both.pk], [])
    assert (keys(buyer, "seller"), keys(buyer, "buyer")) == ([], [seller.pk, both.pk])
    assert (keys(both, "seller"), keys(both, "buyer")) == ([buyer.pk], [seller.pk])


def test_only_approved_companies_of_the_fair(fair: Fair) -> None:
    buyer, waiting = buyer_of(fair), seller_of(fair)
    say(waiting, state="waiting")
    seller_of(make_fair())
    assert (others_of(buyer), others_of(waiting)) == ([], [])


def test_a_language_in_common_decides_between_equals(fair: Fair) -> None:
    buyer, silent, speaking = buyer_of(fair), seller_of(fair), seller_of(fair)
    for company in (buyer, speaking):
        make_staff(company, speaks=["ur"])
    assert keys(buyer, "buyer") == [speaking.pk, silent.pk]
    # What somebody speaks is no public content: it counts at once all the same.
    for _ in range(2):
        make_staff(silent, speaks=["ur"])
    assert keys(buyer, "buyer") == [silent.pk, speaking.pk]


@pytest.mark.parametrize("wish", ["must", "would"])
def test_a_wish_raises_the_other_for_whoever_has_it(fair: Fair, wish: str) -> None:
    buyer, first, wished = buyer_of(fair), seller_of(fair), seller_of(fair)
    second = buyer_of(fair)
    Preference.objects.create(fair=fair, participation=buyer, wanted=wished, wish=wish)
    assert keys(buyer, "buyer") == [wished.pk, first.pk]
    Preference.objects.create(fair=fair, participation=wished, wanted=second, wish=wish)
    assert keys(wished, "seller") == [second.pk, buyer.pk]


@pytest.mark.parametrize("wish", ["must", "would"])
def test_what_the_other_side_wishes_cannot_be_told_from_the_list(fair: Fair, wish: str) -> None:
    """Neither by the order, nor by a company that would not be in it."""
    buyer, close, weak = buyer_of(fair), seller_of(fair), seller_of(fair, "820330")
    unlisted = seller_of(fair, "820411")
    before = recommendations(buyer, "buyer", TODAY)
    for seller in (weak, unlisted):
        Preference.objects.create(fair=fair, participation=seller, wanted=buyer, wish=wish)
    assert recommendations(buyer, "buyer", TODAY) == before
    assert [one.other for one in before] == [close, weak]


def test_a_wish_is_no_reason_by_itself(fair: Fair) -> None:
    buyer, stranger = buyer_of(fair), seller_of(fair, "940320")
    Preference.objects.create(fair=fair, participation=buyer, wanted=stranger, wish="must")
    assert (keys(buyer, "buyer"), keys(stranger, "seller")) == ([], [])


@pytest.mark.parametrize("said_by_buyer", [True, False])
def test_a_no_takes_the_pair_away_for_both_whatever_the_other_wishes(fair: Fair, said_by_buyer: bool) -> None:
    buyer, seller = buyer_of(fair), seller_of(fair)
    pair = (buyer, seller) if said_by_buyer else (seller, buyer)
    Preference.objects.create(fair=fair, participation=pair[0], wanted=pair[1], wish="no")
    Preference.objects.create(fair=fair, participation=pair[1], wanted=pair[0], wish="must")
    assert (keys(buyer, "buyer"), keys(seller, "seller")) == ([], [])


@pytest.mark.parametrize("by_name", [True, False])
@pytest.mark.parametrize("agent_buys", [True, False])
def test_a_principal_and_its_sole_agent_are_never_recommended(fair: Fair, by_name: bool, agent_buys: bool) -> None:
    buyer, seller = buyer_of(fair), seller_of(fair)
    agent, principal = (buyer, seller) if agent_buys else (seller, buyer)
    name = str(principal.company.name).upper() if by_name else ""
    SoleAgency.objects.create(participation=agent, principal=None if by_name else principal, principal_name=name)
    SoleAgency.objects.create(participation=agent, principal_name="Somebody else")
    assert (keys(buyer, "buyer"), keys(seller, "seller")) == ([], [])
    other = seller_of(fair)
    assert keys(buyer, "buyer") == [other.pk]


def test_not_interested_hides_a_company_from_one_side_alone(fair: Fair) -> None:
    buyer, seller = buyer_of(fair), seller_of(fair)
    hidden = NotInterested.objects.create(fair=fair, participation=buyer, other=seller)
    assert (keys(buyer, "buyer"), keys(seller, "seller")) == ([], [buyer.pk])
    hidden.delete()
    assert keys(buyer, "buyer") == [seller.pk]


def test_changes_of_goods_and_demands_show_at_once(fair: Fair) -> None:
    buyer, seller = buyer_of(fair), seller_of(fair)
    assert (keys(buyer, "buyer"), keys(seller, "seller")) == ([seller.pk], [buyer.pk])
    Demand.objects.update(hs_code="940320")
    assert (keys(buyer, "buyer"), keys(seller, "seller")) == ([], [])
    Product.objects.update(hs6="940320")
    assert (keys(buyer, "buyer"), keys(seller, "seller")) == ([seller.pk], [buyer.pk])


def test_at_most_a_dozen_of_any_number_in_the_same_queries(fair: Fair, django_assert_num_queries: Any) -> None:
    buyer, seller = buyer_of(fair), seller_of(fair)
    for _ in range(MOST):
        seller_of(fair)
        buyer_of(fair)
    assert len(sellers(fair)) == MOST + 1
    with django_assert_num_queries(22):
        assert len(keys(buyer, "buyer")) == MOST
    with django_assert_num_queries(22):
        assert len(keys(seller, "seller")) == MOST
    with django_assert_num_queries(14):  # the second time, from the shortlist
        assert len(keys(buyer, "buyer")) == MOST
