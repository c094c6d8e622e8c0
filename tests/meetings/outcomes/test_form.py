"""The form of an outcome: amounts shown back before they are stored, errors at their fields, and no input lost."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import Outcome, OutcomeVersion
from meetings.outcomes.actions import submit
from tests.factories import actor, make_fair, make_slots
from tests.meetings.cases import MeetingCase, make_case, order
from tests.meetings.outcomes.browsing import TYPED, browser, url


def test_a_deal_is_in_the_currencies_of_the_fairs_countries(case: MeetingCase) -> None:
    fair = case.meeting.fair
    fair.host_country, fair.station_country = "DE", "BR"
    fair.save()
    page = browser(case.buyer).get(url(case)).content.decode()
    (options,) = re.findall(r'<select name="currency".*?</select>', page, re.DOTALL)
    assert re.findall(r'value="(\w*)"', options) == ["USD", "EUR", "BRL"]
    browser(case.buyer).post(url(case), TYPED | {"currency": "BRL"})
    assert [version.currency for version in OutcomeVersion.objects.all()] == ["BRL"]


@pytest.mark.parametrize(
    ("typed", "read", "cents"),
    [("12万", "USD\xa0120,000 (120 thousand US dollars)", 12_000_000), ("۱۲۳", "USD\xa0123 (123 US dollars)", 12_300)],
)
def test_an_ambiguous_amount_is_shown_back_before_it_is_stored(
    case: MeetingCase, typed: str, read: str, cents: int
) -> None:
    client = browser(case.buyer)
    answer = client.post(url(case), {**TYPED, "amount": typed})
    assert answer.context["form"].read_back == [(typed, read, "")]
    assert not Outcome.objects.exists()
    again = {name: answer.context["form"][name].value() or "" for name in answer.context["form"].fields}
    assert client.post(url(case), again).status_code == 302
    assert OutcomeVersion.objects.get().amount_minor == cents


def test_a_changed_amount_is_shown_back_again(case: MeetingCase) -> None:
    client = browser(case.buyer)
    first = client.post(url(case), {**TYPED, "amount": "12万"}).context["form"]["amount_read"].value()
    second = client.post(url(case), {**TYPED, "amount": "13万", "amount_read": first})
    assert second.context["form"].read_back == [("13万", "USD\xa0130,000 (130 thousand US dollars)", "")]
    assert not Outcome.objects.exists()


def read(client: Client, case: MeetingCase, **typed: str) -> str:
    """What is shown beside the amount while it is typed."""
    answer = client.post(url(case), {**TYPED, **typed, "act": "read"})
    assert (answer.status_code, Outcome.objects.exists()) == (200, False)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "language", "full"),
    [
        ("31,500", "en", "USD\xa031,500 (31 thousand 500 US dollars)"),
        ("3.15万", "zh-hans", "USD\xa031,500 (3万1500美元)"),
        ("31 ہزار 500", "ur", "USD\xa031,500 (31 ہزار 500 امریکی ڈالر)"),
    ],
)
def test_what_is_understood_stands_in_full_beside_the_field_and_is_stored_after_one_press(
    case: MeetingCase, typed: str, language: str, full: str
) -> None:
    client = browser(case.buyer, language)
    fragment = read(client, case, amount=typed)
    assert re.findall(r"<bdi>(.*?)</bdi>", fragment) == [full]
    (understood,) = re.findall(r'name="amount_read" value="([^"]*)"', fragment)
    assert client.post(url(case), {**TYPED, "amount": typed, "amount_read": understood}).status_code == 302
    assert OutcomeVersion.objects.get().amount_minor == 3_150_000


def test_of_a_doubtful_amount_the_person_says_which_is_meant(case: MeetingCase) -> None:
    client = browser(case.buyer)
    assert re.findall(r'value="([^"]*)">\s*<bdi>(.*?)</bdi>', read(client, case, amount="12.500")) == [
        ("1250-1250 USD", "USD\xa012.50 (12.50 US dollars)"),
        ("1250000-1250000 USD", "USD\xa012,500 (12 thousand 500 US dollars)"),
    ]
    asked = client.post(url(case), {**TYPED, "amount": "12.500"})
    assert (asked.status_code, list(asked.context["form"].errors)) == (409, ["amount"])
    assert asked.content.decode().count('type="radio" name="amount_read"') == 2
    chosen = {**TYPED, "amount": "12.500", "amount_read": "1250000-1250000 USD"}
    assert client.post(url(case), chosen).status_code == 302
    assert OutcomeVersion.objects.get().amount_minor == 1_250_000


def test_another_currency_than_the_chosen_one_is_asked(case: MeetingCase) -> None:
    client = browser(case.buyer)
    typed = {**TYPED, "amount": "12万元"}
    assert client.post(url(case), typed).status_code == 409
    assert client.post(url(case), {**typed, "amount_read": "12000000-12000000 CNY"}).status_code == 302
    assert OutcomeVersion.objects.get().currency == "CNY"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": "0"}, "The amount is 0. Check it."),
        ({"next_step_on": "2000-05-20"}, "The next step is due on 2000-05-20, before the meeting. Check the date."),
        ({"next_step_on": "2126-05-20"},
         "The next step is due on 2126-05-20, more than a year after the meeting. Check the date."),
    ],
)  # fmt: skip
def test_what_is_hardly_meant_is_asked_before_it_is_stored(
    case: MeetingCase, fields: dict[str, str], words: str
) -> None:
    client, typed = browser(case.buyer), {**TYPED, **fields}
    answer = client.post(url(case), typed)
    assert (answer.context["form"].doubts, words in answer.content.decode()) == ([words], True)
    assert not Outcome.objects.exists()
    asked = answer.context["form"]["asked"].value()
    both = {"amount": "0", "next_step_on": "2000-05-20"}
    assert len(client.post(url(case), {**TYPED, **both, "asked": asked}).context["form"].doubts) == 2
    assert client.post(url(case), {**typed, "asked": asked}).status_code == 302
    version = OutcomeVersion.objects.get()
    assert {"amount": version.amount_minor, "next_step_on": str(version.next_step_on)} == {
        "amount": 0 if "amount" in fields else 3_150_000, "next_step_on": typed["next_step_on"],
    }  # fmt: skip


def test_a_sample_for_nothing_is_stored_at_once(case: MeetingCase) -> None:
    assert browser(case.buyer).post(url(case), {**TYPED, "kind": "sample", "amount": ""}).status_code == 302


def test_an_intended_deal_may_be_a_band_and_is_shown_as_one(case: MeetingCase) -> None:
    client = browser(case.buyer)
    typed = {**TYPED, "kind": "intended_deal", "months": "6", "amount": "10-20万"}
    understood = client.post(url(case), typed).context["form"]["amount_read"].value()
    client.post(url(case), {**typed, "amount_read": understood})
    version = OutcomeVersion.objects.get()
    assert (version.amount_minor, version.highest_minor) == (10_000_000, 20_000_000)
    page = browser(case.seller).get(url(case)).content.decode()
    assert page.count("USD\xa0100,000–200,000") == 1
    form = browser(case.seller).get(url(case), {"correct": ""}).context["form"]
    assert (form["amount"].value(), form["amount_read"].value()) == ("100,000–200,000", "10000000-20000000 USD")


def test_an_order_is_no_band(case: MeetingCase) -> None:
    answer = browser(case.buyer).post(url(case), {**TYPED, "amount": "100,000-200,000"})
    assert answer.context["form"].errors == {"amount": ["Only an intended deal can have a range. Enter one amount."]}


def test_the_form_says_which_kinds_have_an_amount_and_which_have_months(case: MeetingCase) -> None:
    page = browser(case.buyer).get(url(case)).content.decode()
    kinds = [json.loads(unescape(each)) for each in re.findall(r'data-kinds="([^"]*)"', page)]
    assert kinds == [["", *OutcomeVersion.MAY_HAVE_AMOUNT], ["intended_deal"]]


def test_a_code_of_goods_is_shown_with_its_title(case: MeetingCase) -> None:
    client = browser(case.buyer)
    form = client.post(url(case), {**TYPED, "hs_code": "8203.20.00"}).context["form"]
    assert form.read_back == [("8203.20.00", "8203.2000", "82032000")]
    client.post(url(case), {**TYPED, "hs_code": "8203.20.00", "hs_read": form["hs_read"].value()})
    assert (OutcomeVersion.objects.get().hs_code, OutcomeVersion.objects.get().hs6) == ("82032000", "820320")


@pytest.mark.parametrize(
    ("fields", "wrong", "language"),
    [
        ({"amount": "1,2.3"}, "amount", "en"),
        ({"amount": "NaN"}, "amount", "en"),
        ({"amount": "−5"}, "amount", "en"),
        ({"amount": "1e5"}, "amount", "en"),
        ({"amount": ""}, "amount", "en"),
        ({"kind": "contact"}, "amount", "en"),
        ({"kind": "intended_deal"}, "months", "en"),
        ({"months": "3"}, "months", "en"),
        ({"months": "many", "kind": "intended_deal"}, "months", "en"),
        ({"hs_code": "123"}, "hs_code", "en"),
        ({"hs_code": "820399"}, "hs_code", "en"),
        ({"kind": "bribe"}, "kind", "en"),
        ({"next_step": ""}, "next_step", "en"),
        ({"next_step_on": "tomorrow"}, "next_step_on", "en"),
        ({"goods": "x" * 201}, "goods", "en"),
        ({"amount": "1,2.3"}, "amount", "zh-hans"),
        ({"amount": "1,2.3"}, "amount", "ur"),
    ],
)
def test_an_invalid_value_is_reported_at_its_field_and_stays_typed(
    case: MeetingCase, fields: dict[str, str], wrong: str, language: str
) -> None:
    answer = browser(case.buyer, language).post(url(case), {**TYPED, **fields})
    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == [wrong]
    assert answer.context["form"]["terms"].value() == "FOB Ningbo"
    assert not Outcome.objects.exists()


def test_a_change_of_the_other_side_meanwhile_loses_nothing_typed(case: MeetingCase) -> None:
    seen = browser(case.buyer).get(url(case)).context["form"]["base"].value() or ""
    submit(actor(case.seller), meeting=case.meeting.pk, base=None, content=order(1), now=timezone.now())
    answer = browser(case.buyer).post(url(case), {**TYPED, "base": seen})
    form = answer.context["form"]
    assert (answer.status_code, form["amount"].value()) == (409, "31,500")
    assert form.non_field_errors() == ["The other side has changed its record in the meantime. Review it again."]
    assert answer.context["comparison"].other.version == OutcomeVersion.objects.get()
    assert browser(case.buyer).post(url(case), {**TYPED, "base": form["base"].value()}).status_code == 302
    assert Outcome.objects.get().state == "differing"


def test_before_the_meeting_there_is_no_form(db: None) -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair, first=timezone.now() + timedelta(hours=1))[0])
    assert browser(case.buyer).get(url(case)).context["form"] is None
    assert browser(case.buyer).post(url(case), TYPED).context["form"].non_field_errors() == [
        "The outcome can be recorded once the meeting has started."
    ]


def test_who_is_of_neither_side_starts_a_draft_without_a_hidden_amount(case: MeetingCase) -> None:
    browser(case.buyer).post(url(case), {**TYPED, "hides_amount": "on"})
    assert case.interpreter is not None
    form = browser(case.interpreter).get(url(case), {"correct": ""}).context["form"]
    assert (form["goods"].value(), form["amount"].value(), form["amount_read"].value()) == (
        "combination pliers",
        "",
        "",
    )
    own = browser(case.buyer).get(url(case), {"correct": ""}).context["form"]
    assert (own["amount"].value(), own["hides_amount"].value()) == ("31,500", True)
