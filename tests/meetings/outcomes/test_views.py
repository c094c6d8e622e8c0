"""The page of an outcome: what each role sees, the review before confirming, and that no input is lost."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation, RecruitingUnit
from meetings.call.snapshot import room_snapshot
from meetings.models import Meeting, Outcome, OutcomeVersion, Statement
from meetings.outcomes.actions import confirm, draft, submit
from tests.factories import actor, make_demand, make_fair, make_person, make_role, make_slots, three
from tests.meetings.cases import MeetingCase, make_case, order


@pytest.fixture
def case(db: None) -> MeetingCase:
    """A meeting that began five minutes ago."""
    fair = make_fair()
    return make_case(fair, make_slots(fair, first=timezone.now() - timedelta(minutes=5))[0], with_interpreter=True)


def url(case: MeetingCase) -> str:
    return f"/fairs/{case.meeting.fair.slug}/meetings/{case.meeting.pk}/outcome/"


def browser(person: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


TYPED = {
    "kind": "order",
    "goods": "combination pliers",
    "hs_code": "",
    "quantity": "6,000 pcs",
    "amount": "31,500",
    "currency": "USD",
    "terms": "FOB Ningbo",
    "next_step": "sample",
    "next_step_on": "2020-05-20",
    "next_step_by": "exhibitor",
}


def rows(html: str) -> dict[str, str]:
    """Each row's name and how the two sides stand to one another in it."""
    found = re.findall(r'data-agreement="(\w+)">\s*<div class="outcome__mine">\s*<h2[^>]*>([^<]*)<', html)
    return {label: agreement for agreement, label in found}


def test_a_deal_is_in_the_currencies_of_the_fairs_countries(case: MeetingCase) -> None:
    fair = case.meeting.fair
    fair.host_country, fair.station_country = "DE", "BR"
    fair.save()
    page = browser(case.buyer).get(url(case)).content.decode()
    (options,) = re.findall(r'<select name="currency".*?</select>', page, re.DOTALL)
    assert re.findall(r'value="(\w*)"', options) == ["USD", "EUR", "BRL"]
    browser(case.buyer).post(url(case), TYPED | {"currency": "BRL"})
    assert [version.currency for version in OutcomeVersion.objects.all()] == ["BRL"]


def test_one_side_submits_on_the_page_and_the_other_confirms(case: MeetingCase) -> None:
    answer = browser(case.buyer).post(url(case), TYPED)
    assert (answer.status_code, answer.headers["location"]) == (302, url(case))
    version = OutcomeVersion.objects.get()
    assert (version.amount_minor, version.currency, version.terms) == (3_150_000, "USD", "FOB Ningbo")
    page = browser(case.seller).get(url(case)).content.decode()
    assert f'name="version" value="{version.pk}"' in page
    browser(case.seller).post(url(case), {"act": "confirm", "version": version.pk})
    outcome = Outcome.objects.get()
    assert (outcome.state, outcome.agreed) == ("agreed", version)
    agreed = browser(case.buyer).get(url(case)).content.decode()
    assert re.findall(r'outcome__number"><bdi dir="ltr">([^<]*)<', agreed) == [f"{case.meeting.fair.slug.upper()}-0001"]
    assert set(rows(agreed).values()) == {"equal"}
    parts = re.findall(r"(submitted|confirmed) by <bdi>([^<]*)</bdi>", agreed)
    assert parts == [("submitted", str(case.buyer.name)), ("confirmed", str(case.seller.name))]


def test_differing_rows_are_marked_and_can_be_adopted(case: MeetingCase) -> None:
    submit(actor(case.buyer), meeting=case.meeting.pk, base=None, content=order(), now=timezone.now())
    first = OutcomeVersion.objects.get()
    other = order(3_015_000, terms="CFR Karachi")
    submit(actor(case.seller), meeting=case.meeting.pk, base=first.pk, content=other, now=timezone.now())
    page = browser(case.buyer).get(url(case)).content.decode()
    assert {label for label, agreement in rows(page).items() if agreement == "differing"} == {"Amount", "Terms"}
    form = browser(case.buyer).get(url(case), {"correct": "", "take": "amount"}).context["form"]
    assert (form["amount"].value(), form["terms"].value()) == ("30,150", "")


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


def test_confirming_a_changed_version_is_refused_and_shows_the_new_one(case: MeetingCase) -> None:
    submit(actor(case.seller), meeting=case.meeting.pk, base=None, content=order(1), now=timezone.now())
    first = OutcomeVersion.objects.get()
    submit(actor(case.seller), meeting=case.meeting.pk, base=first.pk, content=order(2), now=timezone.now())
    answer = browser(case.buyer).post(url(case), {"act": "confirm", "version": first.pk}, follow=True)
    assert [str(m) for m in answer.context["messages"]] == [
        "The other side has changed its record in the meantime. Review it again."
    ]
    assert Outcome.objects.get().state == "one_side"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 19, "9" * 5000, "٣", "\0"])
def test_a_version_that_does_not_exist_confirms_nothing(case: MeetingCase, version: str) -> None:
    agreed = draft(actor(case.seller), meeting=case.meeting.pk, content=order(), now=timezone.now())
    answer = browser(case.buyer).post(url(case), {"act": "confirm", "version": version})
    assert (answer.status_code, answer.headers["location"]) == (302, url(case))
    assert list(agreed.outcome.statements.all()) == []


def test_a_version_of_another_meeting_confirms_nothing(case: MeetingCase) -> None:
    fair = case.meeting.fair
    other = make_case(fair, fair.slots.order_by("number")[1])
    foreign = draft(actor(other.seller), meeting=other.meeting.pk, content=order(), now=other.meeting.starts_at)
    browser(case.buyer).post(url(case), {"act": "confirm", "version": foreign.pk})
    assert not foreign.outcome.statements.exists()
    assert not Statement.objects.exists()


def test_a_draft_names_the_interpreter_who_wrote_it_to_both_sides(case: MeetingCase) -> None:
    assert case.interpreter is not None
    browser(case.interpreter).post(url(case), TYPED)
    assert Outcome.objects.get().state == "drafted"
    for person in (case.seller, case.buyer):
        page = browser(person).get(url(case))
        assert page.context["comparison"].own.is_draft
        assert f"drafted by <bdi>{case.interpreter}</bdi>; not yet submitted" in page.content.decode()
    assert 'value="confirm"' not in browser(case.interpreter).get(url(case)).content.decode()


def test_organisers_enter_what_was_said_by_telephone_as_a_draft(case: MeetingCase) -> None:
    organiser = make_role(case.meeting.fair, "organiser")
    browser(organiser).post(url(case), TYPED)
    assert [(version.written_as, version.outcome.state) for version in OutcomeVersion.objects.all()] == [
        ("organiser", "drafted")
    ]
    marked = f"entered by <bdi>{organiser}</bdi> of the organisers as heard by telephone; not yet submitted"
    assert marked in browser(case.buyer).get(url(case)).content.decode()
    page = browser(organiser).get(url(case)).content.decode()
    assert 'value="confirm"' not in page
    browser(organiser).post(url(case), {"act": "confirm", "version": str(OutcomeVersion.objects.get().pk)})
    assert not Statement.objects.exists()


def test_strangers_find_nothing(case: MeetingCase) -> None:
    assert browser(make_person()).get(url(case)).status_code == 404
    assert browser(make_person()).post(url(case), {"act": "confirm", "version": "1"}).status_code == 404


def test_before_the_meeting_there_is_no_form(db: None) -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair, first=timezone.now() + timedelta(hours=1))[0])
    assert browser(case.buyer).get(url(case)).context["form"] is None
    assert browser(case.buyer).post(url(case), TYPED).context["form"].non_field_errors() == [
        "The outcome can be recorded once the meeting has started."
    ]


def agreed(case: MeetingCase) -> OutcomeVersion:
    assert case.interpreter is not None
    terms = order(next_step="sample", next_step_by="exhibitor", next_step_on=timezone.now().date())
    version = draft(actor(case.interpreter), meeting=case.meeting.pk, content=terms, now=timezone.now())
    for person in (case.seller, case.buyer):
        confirm(actor(person), meeting=case.meeting.pk, version=version.pk, now=timezone.now())
    return version


def test_a_hidden_amount_is_shown_to_the_two_companies_alone(case: MeetingCase) -> None:
    browser(case.buyer).post(url(case), {**TYPED, "hides_amount": "on"})
    version = OutcomeVersion.objects.get()
    offered = browser(case.seller).get(url(case)).content.decode()
    assert offered.count('type="checkbox" name="hides_amount"') == 1
    organiser = make_role(case.meeting.fair, "organiser")
    for state in ("one_side", "agreed"):
        assert Outcome.objects.get().state == state
        for person, shown in ((case.seller, True), (case.buyer, True), (case.interpreter, False), (organiser, False)):
            page = browser(person).get(url(case)).content.decode()
            assert ("USD\xa031,500" in page, "amount hidden by the parties" in page) == (shown, not shown)
        browser(case.seller).post(url(case), {"act": "confirm", "version": version.pk})
    slug = case.meeting.fair.slug
    pages = [
        browser(organiser).get(url(case), {"print": "zh-hans"}),
        browser(organiser).get(f"/fairs/{slug}/control/"),
        Client().get(f"/fairs/{slug}/agreed/"),
    ]
    assert [answer.status_code for answer in pages] == [200, 200, 200]
    assert ["31,500" in answer.content.decode() for answer in pages[::2]] == [False, False]
    assert "amount hidden by the parties" in pages[1].content.decode()
    assert "USD\xa031,500" in browser(case.buyer).get(url(case), {"print": "ur"}).content.decode()


def test_a_hidden_amount_stays_hidden_when_the_confirmation_is_withdrawn(case: MeetingCase) -> None:
    browser(case.buyer).post(url(case), {**TYPED, "hides_amount": "on"})
    browser(case.buyer).post(url(case), {"act": "withdraw"})
    assert Outcome.objects.get().state == "withdrawn"
    assert case.interpreter is not None
    for person in (case.interpreter, make_role(case.meeting.fair, "organiser")):
        for asked in ({}, {"correct": ""}):
            assert "31,500" not in browser(person).get(url(case), asked).content.decode()


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


def owed(person: User, case: MeetingCase) -> str:
    """The sentence that says who owes what."""
    page = browser(person).get(url(case)).content.decode()
    (sentence,) = re.findall(r'<p class="outcome__owed">(.*?)</p>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", "", sentence).split())


def test_both_sides_read_who_owes_what(case: MeetingCase) -> None:
    seller, buyer = (str(case.meeting.company_of(side)) for side in ("exhibitor", "buyer"))
    people = (case.seller, case.buyer, case.interpreter)
    draft(actor(case.interpreter), meeting=case.meeting.pk, content=order(), now=timezone.now())
    assert [owed(person, case) for person in people] == [
        f"This is a draft. Neither you nor {buyer} has confirmed it yet.",
        f"This is a draft. Neither you nor {seller} has confirmed it yet.",
        f"This is a draft. Neither {seller} nor {buyer} has confirmed it yet.",
    ]
    version = OutcomeVersion.objects.get().pk
    browser(case.buyer).post(url(case), {"act": "confirm", "version": version})
    assert [owed(person, case) for person in people] == [
        f"{buyer} has confirmed; you have not yet.",
        f"You have confirmed; {seller} has not yet.",
        f"{buyer} has confirmed; {seller} has not yet.",
    ]
    browser(case.seller).post(url(case), {**TYPED, "base": version})
    assert owed(case.interpreter, case) == f"{seller} and {buyer} have confirmed different versions."
    for person in (case.seller, case.buyer):
        browser(person).post(url(case), {"act": "withdraw"})
    assert owed(case.seller, case) == (
        f"The confirmation was withdrawn. Neither you nor {buyer} has confirmed a version now."
    )


def test_both_sides_of_a_differing_intention_read_that_the_smaller_is_counted(case: MeetingCase) -> None:
    intended = {**TYPED, "kind": "intended_deal", "months": "3"}
    browser(case.buyer).post(url(case), {**intended, "amount": "500,000"})
    base = OutcomeVersion.objects.get().pk
    browser(case.seller).post(url(case), {**intended, "amount": "450,000", "base": base})
    for person in (case.seller, case.buyer, case.interpreter):
        assert owed(person, case).endswith("the figures of the fair count the smaller: USD 450,000.")


def test_an_intention_of_one_amount_that_differs_in_its_term_is_not_said_to_differ_in_its_amount(
    case: MeetingCase,
) -> None:
    intended = {**TYPED, "kind": "intended_deal", "months": "3"}
    browser(case.buyer).post(url(case), intended)
    base = OutcomeVersion.objects.get().pk
    browser(case.seller).post(url(case), {**intended, "months": "6", "base": base})
    assert Outcome.objects.get().state == "differing"
    for person in (case.seller, case.buyer, case.interpreter):
        assert owed(person, case).endswith(
            "Both amounts count the same in the figures of the fair. "
            "They are counted once both sides have confirmed one version."
        )


def test_only_a_side_that_has_confirmed_can_withdraw(case: MeetingCase) -> None:
    browser(case.buyer).post(url(case), TYPED)
    people = (case.seller, case.buyer, case.interpreter)
    pages = [browser(person).get(url(case)).content.decode() for person in people]
    assert ['name="act" value="withdraw"' in page for page in pages] == [False, True, False]
    refused = browser(case.interpreter).post(url(case), {"act": "withdraw"}, follow=True)
    assert [str(one) for one in refused.context["messages"]] == ["Your role does not allow this action."]
    assert Outcome.objects.get().state == "one_side"


def test_a_floor_assistant_finds_the_meeting_without_an_outcome_and_drafts_it(case: MeetingCase) -> None:
    fair = case.meeting.fair
    unit = RecruitingUnit.objects.create(fair=fair, name=three("Chamber"), country="CN")
    Participation.objects.filter(pk=case.meeting.buyer_id).update(unit=unit)
    assistant, liaison = make_role(fair, "floor_assistant"), make_role(fair, "liaison", unit=unit)
    day, link = reverse("meetings:day", args=[fair.slug]), f'href="{url(case)}"'
    people = (assistant, liaison, make_role(fair, "liaison"))
    assert [browser(person).get(day).content.decode().count(link) for person in people] == [2, 2, 0]
    page = browser(assistant).get(url(case)).content.decode()
    assert [words in page for words in (case.meeting.get_absolute_url() + '"', 'topic="meeting:', "Save draft")] == [
        False, False, True,
    ]  # fmt: skip
    browser(assistant).post(url(case), TYPED)
    assert Outcome.objects.get().state == "drafted"
    assert [browser(person).get(day).content.decode().count(link) for person in people] == [0, 0, 0]
    assert browser(liaison).get(case.meeting.get_absolute_url()).status_code == 403


@pytest.mark.parametrize(("state", "sentence"), [("missed", "was not held"), ("cancelled", "was cancelled")])
def test_a_meeting_that_did_not_take_place_says_so(case: MeetingCase, state: str, sentence: str) -> None:
    Meeting.objects.filter(pk=case.meeting.pk).update(state=state)
    page = browser(case.buyer).get(url(case))
    assert (page.context["form"], sentence in page.content.decode()) == (None, True)
    assert (browser(case.buyer).get(url(case), {"correct": ""}).context["form"] is not None) == (state == "missed")


def test_print_shows_both_languages_each_with_its_direction(case: MeetingCase) -> None:
    agreed(case)
    page = browser(case.buyer).get(url(case), {"print": "zh-hans"}).content.decode()
    assert re.findall(r'<article class="paper[^>]*lang="([^"]*)" dir="(\w+)"', page) == [
        ("en", "ltr"),
        ("zh-Hans", "ltr"),
    ]
    assert page.count("USD\xa031,500") == 2
    urdu = browser(case.buyer, "ur").get(url(case), {"print": "en"}).content.decode()
    assert re.findall(r'<article class="paper[^>]*lang="([^"]*)" dir="(\w+)"', urdu) == [("ur", "rtl"), ("en", "ltr")]


def test_next_step_as_a_calendar_file(case: MeetingCase) -> None:
    version = agreed(case)
    answer = browser(case.seller).get(f"{url(case)}next-step.ics")
    body = answer.content.decode()
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert f"DTSTART;VALUE=DATE:{version.next_step_on:%Y%m%d}\r\n" in body
    assert max(len(line.encode()) for line in body.split("\r\n")) <= 75
    assert browser(make_person()).get(f"{url(case)}next-step.ics").status_code == 404


def beside_call(case: MeetingCase) -> dict[str, str]:
    """The header with which the page of the room requests the fragment."""
    room = url(case).replace("outcome/", "room/")
    return {"hx-request": "true", "hx-boosted": "true", "hx-current-url": f"http://testserver{room}"}


def test_beside_a_call_it_is_a_fragment_and_the_call_keeps_its_address(case: MeetingCase) -> None:
    client = browser(case.buyer)
    submit(actor(case.seller), meeting=case.meeting.pk, base=None, content=order(1), now=timezone.now())
    offered = OutcomeVersion.objects.get()
    answers = [
        client.get(url(case), headers=beside_call(case)),
        client.post(url(case), {**TYPED, "amount": "1e5"}, headers=beside_call(case)),
        client.post(url(case), {**TYPED, "base": offered.pk}, headers=beside_call(case), follow=True),
    ]
    assert [answer.status_code for answer in answers] == [200, 409, 200]
    for answer in answers:
        page = answer.content.decode()
        assert page.startswith('<fair-outcome class="outcome-page"')
        assert page.count("<fair-outcome") == page.count("</fair-outcome>") == 1
        assert answer.headers["hx-push-url"] == "false"
        # Nothing in it leads away from the call, and no address is relative to the call's.
        links = [link for link in re.findall(r"<(?:a|form)\b[^>]*>", page) if 'target="_blank"' not in link]
        assert {re.search(r'(?:href|action)="([^"?#]*)', link)[1] for link in links} == {url(case)}  # type: ignore[index]


def test_a_refusal_beside_a_call_is_shown_there(case: MeetingCase) -> None:
    answer = browser(case.buyer).post(
        url(case), {"act": "confirm", "version": "1"}, headers=beside_call(case), follow=True
    )
    page = answer.content.decode()
    assert page.startswith('<fair-outcome class="outcome-page"')
    assert page.count('role="alert"') == 1


@pytest.mark.parametrize("asking", ["", "/fairs/elsewhere/meetings/1/room/", "/"])
def test_elsewhere_it_is_a_whole_page(case: MeetingCase, asking: str) -> None:
    headers = {"hx-request": "true", "hx-current-url": f"http://testserver{asking or url(case)}"}
    page = browser(case.buyer).get(url(case), headers=headers)
    assert page.content.decode().lstrip().startswith("<!doctype html>")
    assert "hx-push-url" not in page.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Current-URL": "http://["},
        {"HX-Current-URL": "//[x"},
        {"HX-Current-URL": "http://x]/"},
        {"HX-Current-URL": "http%3A%2F%2F%5B", "HX-Current-URL-URI-AutoEncoded": "true"},
    ],
)
def test_an_unparsable_current_url_is_ignored(case: MeetingCase, headers: dict[str, str]) -> None:
    client = browser(case.seller)
    page = client.get(url(case), headers=headers)
    assert (page.status_code, "<!doctype html>" in page.content.decode().lower()) == (200, True)
    assert client.post(url(case), {"kind": "order"}, headers=headers).status_code == 409


def test_caches_distinguish_the_page_from_the_fragment(case: MeetingCase) -> None:
    client = browser(case.seller)
    answers = [client.get(url(case)), client.get(url(case), headers=beside_call(case))]
    assert ["HX-Current-URL" in answer.headers["Vary"].split(", ") for answer in answers] == [True, True]


def test_a_page_can_tell_after_each_change_that_another_one_is_out_of_date(case: MeetingCase) -> None:
    """Whoever joins the meeting's topic late learns it from the snapshot."""
    now, seen = timezone.now(), []

    def look() -> None:
        page = browser(case.buyer).get(url(case)).content.decode()
        seen.extend(re.findall(r'data-stamp="([^"]*)"', page))
        assert room_snapshot(case.meeting, now).outcome == seen[-1]

    look()
    first = draft(actor(case.seller), meeting=case.meeting.pk, content=order(), now=now)
    look()
    confirm(actor(case.seller), meeting=case.meeting.pk, version=first.pk, now=now)
    look()
    second = submit(actor(case.buyer), meeting=case.meeting.pk, content=order(2_000_000), base=first.pk, now=now)
    look()
    third = draft(actor(case.seller), meeting=case.meeting.pk, content=order(1_000_000), now=now)
    look()
    confirm(actor(case.seller), meeting=case.meeting.pk, version=third.pk, now=now)
    look()
    assert second.state == "differing"
    confirm(actor(case.buyer), meeting=case.meeting.pk, version=third.pk, now=now)
    look()
    assert len(set(seen)) == 7


def test_a_deal_can_name_a_demand_that_its_reader_may_see(case: MeetingCase) -> None:
    page = browser(case.buyer).get(url(case)).content.decode()
    assert 'name="demand"' not in page
    demand = make_demand(case.meeting.buyer, "Padlocks, 40 mm")
    hidden = make_demand(case.meeting.buyer, "Hinges", state="waiting")
    chosen = {**TYPED, "kind": "intended_deal", "months": "3", "demand": str(demand.pk)}
    for person in (case.seller, case.buyer):
        assert "Padlocks, 40 mm" in browser(person).get(url(case)).content.decode()
    refused = browser(case.seller).post(url(case), {**chosen, "demand": str(hidden.pk)})
    assert (refused.status_code, refused.context["form"].errors.keys()) == (409, {"demand"})
    assert browser(case.seller).post(url(case), chosen).status_code == 302
    assert OutcomeVersion.objects.get().demand == demand
    assert "Padlocks, 40 mm" in browser(case.buyer).get(url(case)).content.decode()
    demand.state = "closed"
    demand.save()
    assert f'value="{demand.pk}" selected' in browser(case.seller).get(f"{url(case)}?correct").content.decode()
