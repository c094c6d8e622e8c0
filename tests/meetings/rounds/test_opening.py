"""Who is asked whom they would like to meet, when, and who is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, Preference, SoleAgency
from fairplatform.notices.models import Notice
from fairplatform.policy import Role
from meetings.models import Run, Tick, TickList, TickRound
from meetings.running import Pulse
from meetings.working import work
from tests.factories import (
    make_buyer,
    make_exhibitor,
    make_role,
    make_staff,
)
from tests.office.runs import at_work, finished

from .ticking import LATER, TOMORROW, People, browser, changed, page, planned, post

pytestmark = [pytest.mark.django_db, pytest.mark.either("meetings.rounds.actions")]


def test_each_buyer_gets_numbered_candidates_with_reasons_and_its_managers_a_notice(people: People) -> None:
    opened = people.opened()
    assert (opened.side, opened.deadline, opened.opened_by) == ("buyer", TOMORROW, people.organiser)
    for buyer in people.buyers:
        ticks = people.list_of(buyer).ticks.all()
        assert [tick.number for tick in ticks] == [1, 2, 3]
        assert {tick.other for tick in ticks} == set(people.sellers)
        assert {tick.reasons[0]["code"] for tick in ticks} == {"same_code"}
    assert f"/ticks/{people.list_of(people.buyers[0]).pk}/" in page(people.manager, people.fair, "wishes/")
    notice = Notice.objects.get()
    assert (notice.recipient, notice.code) == (people.manager, "round_opened")
    shown = page(people.manager, people.fair, notice.path.partition(f"{people.fair.slug}/")[2])
    assert [text in shown for text in ("Same HS code", people.sellers[0].company.name["en"])] == [True, True]


def test_nobody_is_asked_about_whom_they_must_not_or_may_not_meet(people: People) -> None:
    first, second, third = people.sellers
    buyer = people.buyers[0]
    Preference.objects.create(fair=people.fair, participation=first, wanted=buyer, wish="no")
    SoleAgency.objects.create(participation=buyer, principal=second)
    people.opened()
    assert [tick.other for tick in people.list_of(buyer).ticks.all()] == [third]


def test_a_company_that_may_have_no_more_meetings_is_neither_asked_nor_a_candidate(people: People) -> None:
    (full, *sellers), (buyer, other) = people.sellers, people.buyers
    planned(people, full, make_buyer(people.fair), 0)
    planned(people, make_exhibitor(people.fair), other, 1)
    Participation.objects.filter(pk__in=(full.pk, other.pk)).update(max_meetings=1)
    people.opened()
    assert [one.participation for one in TickList.objects.all()] == [buyer]
    assert {tick.other for tick in people.list_of(buyer).ticks.all()} == set(sellers)
    post(people.manager, people.fair, f"ticks/{people.list_of(buyer).pk}/", answer_1="yes")
    chosen = people.list_of(buyer).ticks.get(number=1).other
    post(people.organiser, people.fair, f"organise/matching/rounds/{TickRound.objects.get().pk}/close/")
    # The buyer has other meetings by now, as many as it may.
    planned(people, full, buyer, 2)
    Participation.objects.filter(pk=buyer.pk).update(max_meetings=1)
    post(people.organiser, people.fair, "organise/matching/rounds/", side="exhibitor", deadline=LATER)
    assert finished(people.fair).refusal == "round_nobody"
    Participation.objects.filter(pk=buyer.pk).update(max_meetings=2)
    people.opened("exhibitor")
    assert people.list_of(chosen).ticks.get().other == buyer


def test_a_draft_tells_nobody_and_a_company_cannot_open_its_list(people: People) -> None:
    Fair.objects.filter(pk=people.fair.pk).update(state="draft")
    people.opened()
    assert Notice.objects.count() == 0
    address = f"/fairs/{people.fair.slug}/ticks/{people.list_of(people.buyers[0]).pk}/"
    assert browser(people.manager).get(address).status_code == 404
    assert browser(people.delegate).get(address.replace("/ticks", "/organise/matching/ticks")).status_code == 200


def test_companies_asked_in_a_draft_are_told_once_when_the_fair_opens(people: People) -> None:
    other = make_staff(people.buyers[1])
    Fair.objects.filter(pk=people.fair.pk).update(state="draft")
    people.opened()
    assert Notice.objects.count() == 0
    Fair.objects.filter(pk=people.fair.pk).update(state="closed")
    # The other buyer has answered on paper by now.
    Tick.objects.filter(tick_list=people.list_of(people.buyers[1])).update(
        answer="yes", answered_at=timezone.now(), source="paper"
    )
    changed(people, "reopen")
    notice = Notice.objects.get()
    assert (notice.recipient, notice.code) == (people.manager, "round_opened")
    assert notice.path.endswith(f"/ticks/{people.list_of(people.buyers[0]).pk}/")
    changed(people, "withdraw")
    Fair.objects.filter(pk=people.fair.pk).update(state="closed")
    changed(people, "reopen")
    assert set(Notice.objects.values_list("recipient", flat=True)) == {people.manager.pk} != {other.pk}
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("over", ["closed_at", "deadline"])
def test_nobody_is_told_of_a_round_that_is_over_when_the_fair_opens(people: People, over: str) -> None:
    Fair.objects.filter(pk=people.fair.pk).update(state="draft")
    people.opened()
    Fair.objects.filter(pk=people.fair.pk).update(state="closed")
    TickRound.objects.update(**{over: timezone.now() - timedelta(minutes=1)})
    changed(people, "reopen")
    assert Notice.objects.count() == 0


def test_one_round_at_a_time_with_a_deadline_to_come(people: People) -> None:
    past = "2020-01-01T12:00"
    answer = post(people.organiser, people.fair, "organise/matching/rounds/", side="buyer", deadline=past)
    assert answer.context["form"].errors == {"deadline": ["The deadline has to be later than now."]}
    post(people.organiser, people.fair, "organise/matching/rounds/", side="exhibitor", deadline=LATER)
    assert finished(people.fair).refusal == "round_nobody"
    shown = page(people.organiser, people.fair, "organise/matching/rounds/")
    assert str(Refused("round_nobody").sentence) in shown
    people.opened()
    answer = post(people.organiser, people.fair, "organise/matching/rounds/", side="buyer", deadline=LATER)
    assert answer.context["form"].errors["__all__"] == ["A partner selection is open already. Close it first."]
    assert TickRound.objects.count() == 1


def test_candidates_are_found_by_a_run_that_a_second_organiser_is_told_of(people: People) -> None:
    rounds = "organise/matching/rounds/"
    post(people.organiser, people.fair, rounds, side="buyer", deadline=LATER)
    assert TickRound.objects.count() == 0
    shown = page(people.organiser, people.fair, rounds)
    assert ("A partner selection is being prepared" in shown, "Open it" in shown) == (True, False)
    second = make_role(people.fair, Role.ORGANISER)
    answer = post(second, people.fair, rounds, side="buyer", deadline=LATER)
    assert answer.context["form"].errors["__all__"] == [str(Refused("round_running").sentence)]
    assert finished(people.fair).user == people.organiser
    opened = TickRound.objects.get()
    assert (opened.opened_by, opened.deadline) == (people.organiser, TOMORROW)


def test_a_round_that_is_stopped_before_it_is_open_asks_nobody(people: People) -> None:
    post(people.organiser, people.fair, "organise/matching/rounds/", side="buyer", deadline=LATER)
    answer = post(people.organiser, people.fair, "organise/matching/stop/")
    assert answer.url == f"/fairs/{people.fair.slug}/organise/matching/rounds/"
    run = at_work(people.fair)
    pulse = Pulse(run)
    pulse.beat()
    work(run, pulse)
    assert (TickRound.objects.count(), Notice.objects.count()) == (0, 0)
    assert str(Refused("round_stopped").sentence) in page(people.organiser, people.fair, "organise/matching/rounds/")


def test_a_round_is_not_opened_after_its_deadline_has_passed_meanwhile(people: People) -> None:
    post(people.organiser, people.fair, "organise/matching/rounds/", side="buyer", deadline=LATER)
    Run.objects.update(deadline=timezone.now() - timedelta(minutes=1))
    assert finished(people.fair).refusal == "round_deadline"
    assert TickRound.objects.count() == 0
