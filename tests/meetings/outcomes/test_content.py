"""The content of an outcome: what is refused, and how HS codes are read."""

from dataclasses import replace

import pytest

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from meetings.models import Outcome
from meetings.outcomes.content import Content, read_hs
from tests.factories import make_buyer, make_demand, make_fair, make_slots
from tests.meetings.cases import MeetingCase, make_case, order
from tests.meetings.outcomes.confirmations import newest, submit_as


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


@pytest.fixture
def case(fair: Fair) -> MeetingCase:
    return make_case(fair, make_slots(fair)[0], with_interpreter=True)


def refusal(call: object, *arguments: object, **named: object) -> str:
    with pytest.raises(Refused) as refused:
        call(*arguments, **named)  # type: ignore[operator]
    return refused.value.code


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (Content(kind="order"), "amount_needed"),
        (replace(order(), currency=""), "amount_needed"),
        (Content(kind="contact", amount_minor=100, currency="USD"), "amount_not_allowed"),
        (Content(kind="intended_deal", amount_minor=100, currency="USD"), "months_needed"),
        (Content(kind="intended_deal", amount_minor=100, currency="USD", months=61), "months_needed"),
        (order(months=3), "months_only_intended"),
        (order(hs_code="82032"), "hs_form"),
        (order(hs_code="820399"), "hs_unknown"),
        (order(next_step_by="buyer"), "step_needed"),
        (order(demand_id=1), "demand_only_intended"),
    ],
)
def test_invalid_content_is_refused_and_leaves_nothing(case: MeetingCase, terms: Content, code: str) -> None:
    assert refusal(submit_as, case, case.buyer, terms) == code
    assert not Outcome.objects.exists()


def test_content_keeps_the_code_as_typed_and_its_six_digits(case: MeetingCase) -> None:
    submit_as(case, case.buyer, order(hs_code="8203200090"))
    assert (newest(case).hs_code, newest(case).hs6) == ("8203200090", "820320")


@pytest.mark.parametrize("text", ["8203.20", "820320", " 8203 20 ", "۸۲۰۳۲۰", "8203-20"])
def test_read_hs_takes_the_ways_it_is_typed(text: str) -> None:
    assert read_hs(text) == "820320"


@pytest.mark.parametrize("text", ["8203", "82032000901", "8203.2", "pliers", "82.03.2O"])
def test_read_hs_refuses_everything_else(text: str) -> None:
    assert refusal(read_hs, text) == "hs_form"


def test_a_deal_names_a_demand_of_its_buyer_alone(case: MeetingCase) -> None:
    own, other = make_demand(case.meeting.buyer), make_demand(make_buyer(case.meeting.fair))
    deal = order(kind="intended_deal", months=3)
    assert refusal(submit_as, case, case.buyer, replace(deal, demand_id=other.pk)) == "demand_of_another"
    submit_as(case, case.buyer, replace(deal, demand_id=own.pk))
    assert (newest(case).demand, Content.of(newest(case)).demand_id) == (own, own.pk)
