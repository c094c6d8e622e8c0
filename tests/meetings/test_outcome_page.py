"""The page of an outcome: whom it shows what, what it reads back, and what it never loses."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fairplatform.accounts.models import User
from meetings.models import Outcome, OutcomeVersion, Statement
from meetings.outcomes.actions import draft, submit
from tests.factories import actor, make_fair, make_person, make_role, make_slots
from tests.meetings.tables import Table, lay, order


@pytest.fixture
def table(db: None) -> Table:
    """A meeting that began five minutes ago."""
    fair = make_fair()
    return lay(fair, make_slots(fair, first=timezone.now() - timedelta(minutes=5))[0], with_interpreter=True)


def url(table: Table) -> str:
    return f"/fairs/{table.meeting.fair.slug}/meetings/{table.meeting.pk}/outcome/"


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


def lines(html: str) -> dict[str, str]:
    """Each line's name and how the two sides stand to one another in it."""
    found = re.findall(r'data-agreement="(\w+)">\s*<div class="outcome__mine">\s*<h2[^>]*>([^<]*)<', html)
    return {label: agreement for agreement, label in found}


def test_stating_through_the_page_and_confirming_by_the_other(table: Table) -> None:
    answer = browser(table.buyer).post(url(table), TYPED)
    assert (answer.status_code, answer.headers["location"]) == (302, url(table))
    version = OutcomeVersion.objects.get()
    assert (version.amount_minor, version.currency, version.terms) == (3_150_000, "USD", "FOB Ningbo")
    page = browser(table.seller).get(url(table)).content.decode()
    assert f'name="version" value="{version.pk}"' in page
    browser(table.seller).post(url(table), {"act": "confirm", "version": version.pk})
    outcome = Outcome.objects.get()
    assert (outcome.state, outcome.agreed) == ("agreed", version)
    agreed = browser(table.buyer).get(url(table)).content.decode()
    assert f"{table.meeting.fair.slug.upper()}-0001" in agreed
    assert set(lines(agreed).values()) == {"equal"}


def test_differing_lines_are_named_and_can_be_taken(table: Table) -> None:
    submit(actor(table.buyer), meeting=table.meeting.pk, version=None, fields=order(), now=timezone.now())
    first = OutcomeVersion.objects.get()
    other = order(3_015_000, terms="CFR Karachi")
    submit(actor(table.seller), meeting=table.meeting.pk, version=first.pk, fields=other, now=timezone.now())
    page = browser(table.buyer).get(url(table)).content.decode()
    assert {label for label, agreement in lines(page).items() if agreement == "differing"} == {"Amount", "Terms"}
    form = browser(table.buyer).get(url(table), {"correct": "", "take": "amount"}).context["form"]
    assert (form["amount"].value(), form["terms"].value()) == ("30,150", "")


@pytest.mark.parametrize(("typed", "read"), [("12万", "USD\xa0120,000"), ("۱۲۳", "USD\xa0123")])
def test_what_is_not_plain_is_read_back_before_it_is_kept(table: Table, typed: str, read: str) -> None:
    client = browser(table.buyer)
    answer = client.post(url(table), {**TYPED, "amount": typed})
    assert answer.context["form"].read_back == [(typed, read)]
    assert not Outcome.objects.exists()
    again = {name: answer.context["form"][name].value() or "" for name in answer.context["form"].fields}
    assert client.post(url(table), again).status_code == 302
    assert OutcomeVersion.objects.get().amount_minor in (12_000_000, 12_300)


def test_what_was_read_back_is_asked_again_when_it_changes(table: Table) -> None:
    client = browser(table.buyer)
    first = client.post(url(table), {**TYPED, "amount": "12万"}).context["form"]["amount_read"].value()
    second = client.post(url(table), {**TYPED, "amount": "13万", "amount_read": first})
    assert second.context["form"].read_back == [("13万", "USD\xa0130,000")]
    assert not Outcome.objects.exists()


def test_a_code_of_goods_is_shown_with_its_title(table: Table) -> None:
    client = browser(table.buyer)
    form = client.post(url(table), {**TYPED, "hs_code": "8203.20.00"}).context["form"]
    ((typed, read),) = form.read_back
    assert typed == "8203.20.00"
    assert read.startswith("8203.2000 · ")
    assert "pliers" in read.lower()
    client.post(url(table), {**TYPED, "hs_code": "8203.20.00", "hs_read": form["hs_read"].value()})
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
def test_what_cannot_be_kept_is_said_beside_its_field_and_stays_typed(
    table: Table, fields: dict[str, str], wrong: str, language: str
) -> None:
    answer = browser(table.buyer, language).post(url(table), {**TYPED, **fields})
    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == [wrong]
    assert answer.context["form"]["terms"].value() == "FOB Ningbo"
    assert not Outcome.objects.exists()


def test_a_change_of_the_other_side_meanwhile_loses_nothing_typed(table: Table) -> None:
    seen = browser(table.buyer).get(url(table)).context["form"]["base"].value() or ""
    submit(actor(table.seller), meeting=table.meeting.pk, version=None, fields=order(1), now=timezone.now())
    answer = browser(table.buyer).post(url(table), {**TYPED, "base": seen})
    form = answer.context["form"]
    assert (answer.status_code, form["amount"].value()) == (409, "31,500")
    assert form.non_field_errors() == ["The other side has changed its statement meanwhile. Please read it again."]
    assert answer.context["record"].theirs.version == OutcomeVersion.objects.get()
    assert browser(table.buyer).post(url(table), {**TYPED, "base": form["base"].value()}).status_code == 302
    assert Outcome.objects.get().state == "differing"


def test_confirming_what_has_changed_says_so_and_shows_it_afresh(table: Table) -> None:
    submit(actor(table.seller), meeting=table.meeting.pk, version=None, fields=order(1), now=timezone.now())
    first = OutcomeVersion.objects.get()
    submit(actor(table.seller), meeting=table.meeting.pk, version=first.pk, fields=order(2), now=timezone.now())
    answer = browser(table.buyer).post(url(table), {"act": "confirm", "version": first.pk}, follow=True)
    assert [str(m) for m in answer.context["messages"]] == [
        "The other side has changed its statement meanwhile. Please read it again."
    ]
    assert Outcome.objects.get().state == "one_side"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 19, "9" * 5000, "٣", "\0"])
def test_a_version_that_never_was_confirms_nothing(table: Table, version: str) -> None:
    agreed = draft(actor(table.seller), meeting=table.meeting.pk, fields=order(), now=timezone.now())
    answer = browser(table.buyer).post(url(table), {"act": "confirm", "version": version})
    assert (answer.status_code, answer.headers["location"]) == (302, url(table))
    assert list(agreed.outcome.statements.all()) == []


def test_a_version_of_another_meeting_confirms_nothing(table: Table) -> None:
    fair = table.meeting.fair
    other = lay(fair, fair.slots.order_by("number")[1])
    foreign = draft(actor(other.seller), meeting=other.meeting.pk, fields=order(), now=other.meeting.starts_at)
    browser(table.buyer).post(url(table), {"act": "confirm", "version": foreign.pk})
    assert not foreign.outcome.statements.exists()
    assert not Statement.objects.exists()


def test_the_interpreter_drafts_and_both_are_told_whose_draft_it_is(table: Table) -> None:
    assert table.interpreter is not None
    browser(table.interpreter).post(url(table), TYPED)
    assert Outcome.objects.get().state == "drafted"
    for person in (table.seller, table.buyer):
        page = browser(person).get(url(table))
        assert page.context["record"].mine.is_draft
        assert f"drafted by <bdi>{table.interpreter}</bdi>; not yet stated" in page.content.decode()
    assert 'value="confirm"' not in browser(table.interpreter).get(url(table)).content.decode()


def test_organisers_read_and_write_nothing(table: Table) -> None:
    organiser = browser(make_role(table.meeting.fair, "organiser"))
    assert organiser.get(url(table)).context["form"] is None
    answer = organiser.post(url(table), TYPED)
    assert answer.status_code == 409
    assert not Outcome.objects.exists()


def test_strangers_find_nothing(table: Table) -> None:
    assert browser(make_person()).get(url(table)).status_code == 404
    assert browser(make_person()).post(url(table), {"act": "confirm", "version": "1"}).status_code == 404


def test_before_the_meeting_there_is_no_form(db: None) -> None:
    fair = make_fair()
    table = lay(fair, make_slots(fair, first=timezone.now() + timedelta(hours=1))[0])
    assert browser(table.buyer).get(url(table)).context["form"] is None
    assert browser(table.buyer).post(url(table), TYPED).context["form"].non_field_errors() == [
        "An outcome can be stated once the meeting has begun."
    ]


def agreed(table: Table) -> OutcomeVersion:
    assert table.interpreter is not None
    terms = order(next_step="sample", next_step_by="exhibitor", next_step_on=timezone.now().date())
    version = draft(actor(table.interpreter), meeting=table.meeting.pk, fields=terms, now=timezone.now())
    for person in (table.seller, table.buyer):
        submit(actor(person), meeting=table.meeting.pk, version=version.pk, now=timezone.now())
    return version


def test_print_shows_both_languages_each_with_its_direction(table: Table) -> None:
    agreed(table)
    page = browser(table.buyer).get(url(table), {"print": "zh-hans"}).content.decode()
    assert re.findall(r'<article class="paper[^>]*lang="([^"]*)" dir="(\w+)"', page) == [
        ("en", "ltr"),
        ("zh-Hans", "ltr"),
    ]
    assert page.count("USD\xa031,500") == 2
    urdu = browser(table.buyer, "ur").get(url(table), {"print": "en"}).content.decode()
    assert re.findall(r'<article class="paper[^>]*lang="([^"]*)" dir="(\w+)"', urdu) == [("ur", "rtl"), ("en", "ltr")]


def test_next_step_as_a_calendar_file(table: Table) -> None:
    version = agreed(table)
    answer = browser(table.seller).get(f"{url(table)}next-step.ics")
    body = answer.content.decode()
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert f"DTSTART;VALUE=DATE:{version.next_step_on:%Y%m%d}\r\n" in body
    assert max(len(line.encode()) for line in body.split("\r\n")) <= 75
    assert browser(make_person()).get(f"{url(table)}next-step.ics").status_code == 404


def beside_call(table: Table) -> dict[str, str]:
    """What the room's page says of itself when it asks."""
    room = url(table).replace("outcome/", "room/")
    return {"hx-request": "true", "hx-boosted": "true", "hx-current-url": f"http://testserver{room}"}


def test_beside_a_call_it_comes_without_a_page_and_the_call_keeps_its_address(table: Table) -> None:
    client = browser(table.buyer)
    submit(actor(table.seller), meeting=table.meeting.pk, version=None, fields=order(1), now=timezone.now())
    offered = OutcomeVersion.objects.get()
    answers = [
        client.get(url(table), headers=beside_call(table)),
        client.post(url(table), {**TYPED, "amount": "1e5"}, headers=beside_call(table)),
        client.post(url(table), {**TYPED, "base": offered.pk}, headers=beside_call(table), follow=True),
    ]
    assert [answer.status_code for answer in answers] == [200, 409, 200]
    for answer in answers:
        page = answer.content.decode()
        assert page.startswith('<fair-outcome class="outcome-page"')
        assert page.count("<fair-outcome") == page.count("</fair-outcome>") == 1
        assert answer.headers["hx-push-url"] == "false"
        # Nothing in it leads away from the call, and no address is relative to the call's.
        links = [link for link in re.findall(r"<(?:a|form)\b[^>]*>", page) if 'target="_blank"' not in link]
        assert {re.search(r'(?:href|action)="([^"?#]*)', link)[1] for link in links} == {url(table)}  # type: ignore[index]


def test_a_refusal_beside_a_call_is_said_there(table: Table) -> None:
    answer = browser(table.buyer).post(
        url(table), {"act": "confirm", "version": "1"}, headers=beside_call(table), follow=True
    )
    page = answer.content.decode()
    assert page.startswith('<fair-outcome class="outcome-page"')
    assert page.count('role="alert"') == 1


@pytest.mark.parametrize("asking", ["", "/fairs/elsewhere/meetings/1/room/", "/"])
def test_elsewhere_it_is_a_page(table: Table, asking: str) -> None:
    headers = {"hx-request": "true", "hx-current-url": f"http://testserver{asking or url(table)}"}
    page = browser(table.buyer).get(url(table), headers=headers)
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
def test_an_address_that_cannot_be_read_is_as_none(table: Table, headers: dict[str, str]) -> None:
    client = browser(table.seller)
    page = client.get(url(table), headers=headers)
    assert (page.status_code, "<!doctype html>" in page.content.decode().lower()) == (200, True)
    assert client.post(url(table), {"kind": "order"}, headers=headers).status_code == 409


def test_the_page_and_what_stands_beside_a_call_are_told_apart_by_caches(table: Table) -> None:
    client = browser(table.seller)
    answers = [client.get(url(table)), client.get(url(table), headers=beside_call(table))]
    assert ["HX-Current-URL" in answer.headers["Vary"].split(", ") for answer in answers] == [True, True]
