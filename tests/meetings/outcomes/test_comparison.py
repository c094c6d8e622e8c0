"""Both sides beside each other: who has confirmed what, who owes what, and what is hidden from others."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from fairplatform.accounts.models import Staff, User
from fairplatform.ledger.models import Entry
from meetings.models import Outcome, OutcomeVersion, Statement
from meetings.outcomes.actions import draft, submit
from tests.factories import actor, make_role
from tests.meetings.cases import MeetingCase, make_case, order
from tests.meetings.outcomes.browsing import TYPED, browser, url


def rows(html: str) -> dict[str, str]:
    """Each row's name and how the two sides stand to one another in it."""
    found = re.findall(r'data-agreement="(\w+)">\s*<div class="outcome__mine">\s*<h2[^>]*>([^<]*)<', html)
    return {label: agreement for agreement, label in found}


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


def test_what_is_agreed_leads_its_companies_to_their_entry_and_their_managers_to_its_release(case: MeetingCase) -> None:
    organiser = make_role(case.meeting.fair, "organiser")
    pages = {}
    for state in ("one_side", "agreed"):
        if state == "one_side":
            browser(case.buyer).post(url(case), TYPED)
        else:
            browser(case.seller).post(url(case), {"act": "confirm", "version": OutcomeVersion.objects.get().pk})
        pages[state] = [
            browser(person).get(url(case)).content.decode() for person in (case.buyer, case.seller, organiser)
        ]
    address = f'href="/fairs/{case.meeting.fair.slug}/agreements/{Entry.objects.get().number}/'
    assert [address in page for page in pages["one_side"]] == [False] * 3
    assert [(f'{address}#release"' in page, "Release this agreement" in page) for page in pages["agreed"]] == [
        (True, True), (True, True), (False, False),
    ]  # fmt: skip
    assert browser(case.buyer).get(f"{address.removeprefix('href=')[1:]}").status_code == 200
    Staff.objects.filter(user=case.buyer).update(is_manager=False)
    page = browser(case.buyer).get(url(case)).content.decode()
    assert (f'{address}"' in page, "Entry in the agreement ledger" in page) == (True, True)
