"""The page of an outcome as a whole: for whom it is, on paper, as a calendar file, and beside a call."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from fairplatform.fairs.models import Participation, RecruitingUnit
from meetings.call.snapshot import room_snapshot
from meetings.models import Meeting, Outcome, OutcomeVersion
from meetings.outcomes.actions import confirm, draft, submit
from tests.factories import actor, make_person, make_role, three
from tests.meetings.cases import MeetingCase, order
from tests.meetings.outcomes.browsing import TYPED, browser, url


def test_strangers_find_nothing(case: MeetingCase) -> None:
    assert browser(make_person()).get(url(case)).status_code == 404
    assert browser(make_person()).post(url(case), {"act": "confirm", "version": "1"}).status_code == 404


def agreed(case: MeetingCase) -> OutcomeVersion:
    assert case.interpreter is not None
    terms = order(next_step="sample", next_step_by="exhibitor", next_step_on=timezone.now().date())
    version = draft(actor(case.interpreter), meeting=case.meeting.pk, content=terms, now=timezone.now())
    for person in (case.seller, case.buyer):
        confirm(actor(person), meeting=case.meeting.pk, version=version.pk, now=timezone.now())
    return version


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
