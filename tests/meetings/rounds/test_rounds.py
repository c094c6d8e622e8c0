"""A round of ticking from its opening to the wishes it becomes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chat.models import Conversation
from fairplatform.accounts.models import Company, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, Preference, RecruitingUnit, SoleAgency
from fairplatform.notices.models import Notice
from fairplatform.office.setup.states import CHANGES, change_state
from fairplatform.policy import Role
from meetings.models import Meeting, Run, Tick, TickList, TickRound
from meetings.running import Pulse
from meetings.working import work
from tests.factories import (
    actor,
    make_buyer,
    make_demand,
    make_exhibitor,
    make_fair,
    make_product,
    make_role,
    make_slots,
    make_staff,
    three,
)
from tests.office.runs import at_work, finished

pytestmark = [pytest.mark.django_db, pytest.mark.either("meetings.rounds.actions")]
TOMORROW = datetime.now(tz=UTC).replace(hour=7, minute=0, second=0, microsecond=0) + timedelta(days=2)
OPEN, CLOSE = "\u2068", "\u2069"
LATER = TOMORROW.strftime("%Y-%m-%dT12:00")  # 12:00 in Pakistan is 07:00 UTC


class People:
    """A fair with three exhibitors and two buyers who suit each other; the first buyer is of a unit."""

    def __init__(self, **fields: Any) -> None:
        self.fair = make_fair(**fields)
        make_slots(self.fair, first=TOMORROW + timedelta(days=5))
        self.sellers = [make_exhibitor(self.fair) for _ in range(3)]
        for seller in self.sellers:
            make_product(seller)
        self.buyers = [make_buyer(self.fair) for _ in range(2)]
        for buyer in self.buyers:
            make_demand(buyer)
        self.unit = RecruitingUnit.objects.create(fair=self.fair, key="lahore", name=three("Chamber"), country="PK")
        Participation.objects.filter(pk=self.buyers[0].pk).update(unit=self.unit)
        self.organiser = make_role(self.fair, Role.ORGANISER)
        self.delegate = make_role(self.fair, Role.DELEGATED, unit=self.unit)
        self.manager = make_staff(self.buyers[0])

    def opened(self, side: str = "buyer") -> TickRound:
        answer = post(self.organiser, self.fair, "organise/matching/rounds/", side=side, deadline=LATER)
        assert answer.status_code == 302, answer.content.decode()
        assert finished(self.fair).state == "done"
        return TickRound.objects.get(closed_at=None)

    def list_of(self, company: Participation) -> TickList:
        return TickList.objects.get(participation=company, round__closed_at=None)


@pytest.fixture
def people() -> People:
    return People()


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(person: User, fair: Fair, path: str, **fields: Any) -> Any:
    return browser(person).post(f"/fairs/{fair.slug}/{path}", fields)


def page(person: User, fair: Fair, path: str) -> str:
    response = browser(person).get(f"/fairs/{fair.slug}/{path}")
    assert response.status_code == 200
    return response.content.decode()


def wishes(company: Participation) -> dict[Participation, str]:
    return {row.wanted: row.wish for row in Preference.objects.filter(participation=company)}


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


def planned(people: People, exhibitor: Participation, buyer: Participation, slot: int) -> None:
    at, talk = people.fair.slots.order_by("number")[slot], Conversation.objects.create(fair=people.fair)
    Meeting.objects.create(fair=people.fair, exhibitor=exhibitor, buyer=buyer, slot=at, conversation=talk)


def test_a_draft_tells_nobody_and_a_company_cannot_open_its_list(people: People) -> None:
    Fair.objects.filter(pk=people.fair.pk).update(state="draft")
    people.opened()
    assert Notice.objects.count() == 0
    address = f"/fairs/{people.fair.slug}/ticks/{people.list_of(people.buyers[0]).pk}/"
    assert browser(people.manager).get(address).status_code == 404
    assert browser(people.delegate).get(address.replace("/ticks", "/organise/matching/ticks")).status_code == 200


def changed(people: People, *names: str) -> None:
    """The fair's state is changed so, one after the other."""
    for name in names:
        change = next(one for one in CHANGES if one.name == name)
        change_state(actor(people.organiser), fair=people.fair.pk, change=change, now=timezone.now())


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


def test_a_message_that_says_otherwise_than_is_stored_is_marked_before_it_is_saved(people: People) -> None:
    people.opened()
    asked = people.list_of(people.buyers[0])
    post(people.manager, people.fair, f"ticks/{asked.pk}/", answer_1="yes", answer_2="no")
    path = f"organise/matching/ticks/{asked.pk}/"
    answer = post(people.delegate, people.fair, path, act="read", typed="no 1 2, yes 3", source="wechat")
    assert [line.replaces for line in answer.context["form"].lines] == [True, False, False]


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


def test_an_answer_from_a_message_is_shown_before_it_is_stored_and_marked(people: People) -> None:
    people.opened()
    asked = people.list_of(people.buyers[0])
    path = f"organise/matching/ticks/{asked.pk}/"
    answer = post(people.delegate, people.fair, path, act="read", typed="要1、3，不要2 9", source="wechat")
    understood, form = answer.context["understood"], answer.context["form"]
    assert (dict(understood.answers), understood.unknown) == ({1: "yes", 2: "no", 3: "yes"}, (9,))
    assert [form[f"answer_{number}"].value() for number in (1, 2, 3)] == ["yes", "no", "yes"]
    assert Tick.objects.exclude(answer="").count() == 0
    fields = {"answer_1": "yes", "answer_2": "no", "answer_3": "yes"}
    assert post(people.delegate, people.fair, path, act="store", source="wechat", **fields).status_code == 302
    found = [(tick.answer, tick.answered_by, tick.source) for tick in asked.ticks.all()]
    assert found == [(word, people.delegate, "wechat") for word in ("yes", "no", "yes")]
    shown = page(people.organiser, people.fair, path)
    assert [text in shown for text in ("Entered from: WeChat", str(people.delegate))] == [True, True]


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


def test_the_silent_are_listed_by_unit_with_a_message(people: People) -> None:
    opened = people.opened()
    first, second = (people.list_of(buyer) for buyer in people.buyers)
    path = f"organise/matching/rounds/{opened.pk}/"
    context = browser(people.organiser).get(f"/fairs/{people.fair.slug}/{path}").context
    assert {one.unit: list(one.lists) for one, _message in context["silent"]} == {people.unit: [first], None: [second]}
    texts = {one.unit: message for one, message in context["silent"]}
    assert f"{people.buyers[0].company.name['en']}: " in texts[people.unit]
    assert f"/fairs/{people.fair.slug}/ticks/{first.pk}/" in texts[people.unit]
    assert people.buyers[1].company.name["en"] not in texts[people.unit]
    post(people.manager, people.fair, f"ticks/{first.pk}/", answer_1="no")
    context = browser(people.organiser).get(f"/fairs/{people.fair.slug}/{path}").context
    assert [one.unit for one, _message in context["silent"]] == [None]


def test_the_list_as_a_message_is_in_the_language_of_its_readers(people: People) -> None:
    people.opened()
    asked = people.list_of(people.buyers[0])
    User.objects.filter(pk=people.manager.pk).update(language="zh-hans")
    text = browser(people.organiser).get(f"/fairs/{people.fair.slug}/organise/matching/ticks/{asked.pk}/")
    lines = text.context["message"].splitlines()
    first = asked.ticks.get(number=1)
    assert lines[2].startswith(f"1. {first.other.company.name['zh-hans']}: ")
    assert lines[-1].endswith(f"/fairs/{people.fair.slug}/ticks/{asked.pk}/")


def test_a_name_keeps_to_its_line_and_turns_no_message_round(people: People) -> None:
    opened = people.opened()
    asked = people.list_of(people.buyers[0])
    first = asked.ticks.get(number=1).other
    Company.objects.filter(pk=first.company_id).update(name={"ur": "خان\n2. برادرز\u2028"})
    Company.objects.filter(pk=people.buyers[0].company_id).update(name={"ur": "لاہور\r\nتاجر"})
    Fair.objects.filter(pk=people.fair.pk).update(name={"ur": "سنکیانگ\x85میلہ"})
    shown = browser(people.organiser).get(f"/fairs/{people.fair.slug}/organise/matching/ticks/{asked.pk}/")
    lines = shown.context["message"].splitlines()
    assert lines[0] == f"{OPEN}لاہور تاجر{CLOSE}: whom would you like to meet at {OPEN}سنکیانگ میلہ{CLOSE}?"
    assert lines[2].startswith(f"1. {OPEN}خان 2. برادرز{CLOSE}: ")
    assert len(lines) == 2 + 3 + 2
    context = browser(people.organiser).get(f"/fairs/{people.fair.slug}/organise/matching/rounds/{opened.pk}/").context
    lines = next(text for one, text in context["silent"] if one.unit == people.unit).splitlines()
    assert f" at {OPEN}سنکیانگ میلہ{CLOSE}. " in lines[0]
    assert lines[2].startswith(f"{OPEN}لاہور تاجر{CLOSE}: http")
    assert len(lines) == 3


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
