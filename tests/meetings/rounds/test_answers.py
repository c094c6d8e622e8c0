"""What companies tick, and what becomes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairplatform.errors import Refused
from fairplatform.fairs.models import Preference
from meetings.models import TickList, TickRound
from tests.factories import (
    make_staff,
)

from .ticking import LATER, TOMORROW, People, browser, page, post, wishes

pytestmark = [pytest.mark.django_db, pytest.mark.either("meetings.rounds.actions")]


def test_a_tick_becomes_a_wish_and_can_be_changed(people: People) -> None:
    people.opened()
    asked = people.list_of(people.buyers[0])
    ones = {tick.number: tick.other for tick in asked.ticks.all()}
    post(people.manager, people.fair, f"ticks/{asked.pk}/", answer_1="yes", answer_2="no")
    assert wishes(people.buyers[0]) == {ones[1]: "would", ones[2]: "no"}
    tick = asked.ticks.get(number=1)
    assert (tick.answer, tick.answered_by, tick.source) == ("yes", people.manager, "page")
    post(people.manager, people.fair, f"ticks/{asked.pk}/", answer_1="no", seen_1="yes")
    assert wishes(people.buyers[0]) == {ones[1]: "no", ones[2]: "no"}


def test_an_old_page_changes_only_what_was_chosen_on_it(people: People) -> None:
    people.opened()
    asked = people.list_of(people.buyers[0])
    post(people.manager, people.fair, f"ticks/{asked.pk}/", answer_1="yes")
    post(people.manager, people.fair, f"ticks/{asked.pk}/", answer_1="no", seen_1="no", answer_2="yes", seen_2="")
    assert [tick.answer for tick in asked.ticks.all()] == ["yes", "yes", ""]


def test_an_answer_that_was_stored_since_is_shown_before_another_replaces_it(people: People) -> None:
    people.opened()
    asked = people.list_of(people.buyers[0])
    path = f"ticks/{asked.pk}/"
    post(people.manager, people.fair, path, answer_1="yes", answer_2="no")
    # From paper, on a page that was opened before that.
    fields = {"act": "store", "source": "paper", "seen_1": "", "seen_2": "", "seen_3": ""}
    answer = post(people.delegate, people.fair, f"organise/matching/{path}", **fields, answer_1="no", answer_3="yes")
    sentence = str(Refused("ticks_changed").sentence)
    assert (answer.status_code, answer.context["refusal"]) == (409, sentence)
    assert [tick.answer for tick in asked.ticks.all()] == ["yes", "no", ""]
    shown = [(line.answer.value(), line.seen.value(), line.replaces) for line in answer.context["form"].lines]
    assert shown == [("no", "yes", True), ("no", "no", False), ("yes", "", False)]
    words = " ".join(answer.content.decode().split())
    assert "The answer that is stored is “Yes”. Saving replaces it." in words
    assert f"Answered on the page · <bdi>{people.manager}</bdi>" in words
    # Saved again, what was chosen replaces it; and of the company's own old page the same holds.
    fields |= {"seen_1": "yes", "seen_2": "no", "answer_2": "no"}
    post(people.delegate, people.fair, f"organise/matching/{path}", **fields, answer_1="no", answer_3="yes")
    assert [tick.answer for tick in asked.ticks.all()] == ["no", "no", "yes"]
    answer = post(people.manager, people.fair, path, answer_3="no", seen_3="", answer_1="no", seen_1="")
    assert (answer.status_code, answer.context["refusal"]) == (409, sentence)
    assert [tick.answer for tick in asked.ticks.all()] == ["no", "no", "yes"]


def test_a_must_stays_a_must(people: People) -> None:
    people.opened()
    buyer, asked = people.buyers[0], people.list_of(people.buyers[0])
    first = asked.ticks.get(number=1).other
    Preference.objects.create(fair=people.fair, participation=buyer, wanted=first, wish="must")
    answer = post(people.manager, people.fair, f"ticks/{asked.pk}/", answer_1="no", answer_2="yes")
    sentence = "“No” to number 1 contradicts “must meet”, which is stored for this company. Change that wish first."
    assert (answer.status_code, answer.context["refusal"]) == (409, sentence)
    assert wishes(buyer) == {first: "must"}
    assert asked.ticks.exclude(answer="").count() == 0
    assert post(people.manager, people.fair, f"ticks/{asked.pk}/", answer_1="yes").status_code == 302
    assert wishes(buyer) == {first: "must"}


def test_a_no_of_the_organisers_stays_whatever_is_ticked(people: People) -> None:
    people.opened()
    buyer, asked = people.buyers[0], people.list_of(people.buyers[0])
    first = asked.ticks.get(number=1).other
    Preference.objects.create(fair=people.fair, participation=buyer, wanted=first, wish="no")
    assert post(people.manager, people.fair, f"ticks/{asked.pk}/", answer_1="yes").status_code == 302
    assert (wishes(buyer), asked.ticks.get(number=1).answer) == ({first: "no"}, "yes")


def test_a_delegate_sees_and_enters_only_for_companies_of_the_unit(people: People) -> None:
    opened = people.opened()
    other = people.list_of(people.buyers[1])
    assert browser(people.delegate).get(
        f"/fairs/{people.fair.slug}/organise/matching/ticks/{other.pk}/"
    ).status_code == 404  # fmt: skip
    shown = page(people.delegate, people.fair, f"organise/matching/rounds/{opened.pk}/")
    names = [buyer.company.name["en"] for buyer in people.buyers]
    assert [name in shown for name in names] == [True, False]


def test_after_the_deadline_organisers_alone_enter_answers(people: People) -> None:
    opened = people.opened()
    asked = people.list_of(people.buyers[0])
    TickRound.objects.update(deadline=timezone.now() - timedelta(seconds=1))
    sentence = "The time to answer is over. Tell the organisers what you would still like to change."
    answer = post(people.manager, people.fair, f"ticks/{asked.pk}/", answer_1="yes")
    assert (answer.status_code, answer.context["refusal"]) == (409, sentence)
    path, fields = f"organise/matching/ticks/{asked.pk}/", {"act": "store", "source": "paper", "answer_1": "yes"}
    assert post(people.delegate, people.fair, path, **fields).context["refusal"] == sentence
    post(people.organiser, people.fair, f"organise/matching/rounds/{opened.pk}/close/")
    assert post(people.organiser, people.fair, path, **fields).status_code == 302
    assert asked.ticks.get(number=1).answer == "yes"


def test_a_deadline_is_changed_and_a_closed_round_stays_closed(people: People) -> None:
    opened = people.opened()
    path = f"organise/matching/rounds/{opened.pk}/"
    later = (TOMORROW + timedelta(days=1)).strftime("%Y-%m-%dT12:00")
    post(people.organiser, people.fair, path + "deadline/", deadline=later)
    opened.refresh_from_db()
    assert opened.deadline == TOMORROW + timedelta(days=1)
    post(people.organiser, people.fair, path + "close/")
    opened.refresh_from_db()
    closed = opened.closed_at
    post(people.organiser, people.fair, path + "close/")
    post(people.organiser, people.fair, path + "deadline/", deadline=LATER)
    opened.refresh_from_db()
    assert (opened.closed_at, opened.deadline) == (closed, TOMORROW + timedelta(days=1))


def test_exhibitors_that_were_chosen_answer_in_the_next_round(people: People) -> None:
    people.opened()
    buyer, asked = people.buyers[0], people.list_of(people.buyers[0])
    post(people.manager, people.fair, f"ticks/{asked.pk}/", answer_1="yes", answer_2="no")
    chosen = asked.ticks.get(number=1).other
    post(people.organiser, people.fair, f"organise/matching/rounds/{asked.round_id}/close/")
    opened = people.opened("exhibitor")
    of_seller = TickList.objects.get(round=opened)
    assert (of_seller.participation, [tick.other for tick in of_seller.ticks.all()]) == (chosen, [buyer])
    assert of_seller.ticks.get().reasons[0]["code"] == "same_code"
    post(make_staff(chosen), people.fair, f"ticks/{of_seller.pk}/", answer_1="no")
    assert wishes(chosen) == {buyer: "no"}
    # The buyer's list does not tell of it.
    shown = page(people.manager, people.fair, f"ticks/{asked.pk}/")
    assert "does not want" not in shown


def test_a_tick_of_somebody_elses_list_does_not_exist(people: People) -> None:
    people.opened()
    other = people.list_of(people.buyers[1])
    assert post(people.manager, people.fair, f"ticks/{other.pk}/", answer_1="yes").status_code == 404
    assert Preference.objects.count() == 0
