"""Drafting, stating, differing and agreeing: never by proxy, never twice, never over what has changed."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from django.db import connections

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.notices.models import Notice
from fairplatform.realtime.models import TopicVersion
from meetings.models import Meeting, Outcome, OutcomeVersion, Participant, Statement
from meetings.outcomes.actions import draft, submit, to_confirm
from meetings.outcomes.terms import Terms, read_hs
from tests.factories import NOW, actor, make_fair, make_person, make_role, make_slots, make_staff
from tests.meetings.tables import Table, lay, minutes, order


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


@pytest.fixture
def table(fair: Fair) -> Table:
    return lay(fair, make_slots(fair)[0], with_interpreter=True)


def say(table: Table, person: User, terms: Terms | None = None, *, version: OutcomeVersion | None = None) -> Outcome:
    """States `terms` over the version given, or confirms it."""
    return submit(
        actor(person), meeting=table.meeting.pk, version=version.pk if version else None, fields=terms, now=NOW
    )


def newest(table: Table) -> OutcomeVersion:
    version = OutcomeVersion.objects.filter(outcome__meeting=table.meeting).last()
    assert version is not None
    return version


def notices(person: User) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("code", flat=True))


def refusal(call: object, *arguments: object, **named: object) -> str:
    with pytest.raises(Refused) as refused:
        call(*arguments, **named)  # type: ignore[operator]
    return refused.value.code


def test_draft_of_the_interpreter_binds_nobody_and_tells_both(table: Table) -> None:
    assert table.interpreter is not None
    version = draft(actor(table.interpreter), meeting=table.meeting.pk, fields=order(), now=NOW)
    assert (version.number, version.written_as, version.outcome.state) == (1, "interpreter", "drafted")
    assert not version.outcome.statements.exists()
    assert notices(table.seller) == notices(table.buyer) == ["outcome_drafted"]


def test_draft_sent_twice_is_written_once(table: Table) -> None:
    first, second = (draft(actor(table.seller), meeting=table.meeting.pk, fields=order(), now=NOW) for _ in range(2))
    assert first == second
    assert notices(table.buyer) == ["outcome_drafted"]


def test_state_by_one_side_waits_for_the_other(table: Table) -> None:
    outcome = say(table, table.buyer, order())
    assert outcome.state == "one_side"
    assert [(s.side, s.version, s.made_by) for s in outcome.statements.all()] == [("buyer", newest(table), table.buyer)]
    assert (notices(table.seller), notices(table.buyer)) == (["outcome_stated"], [])


def test_stating_the_same_again_without_having_seen_the_answer_is_stating_it_once(table: Table) -> None:
    once, again = (say(table, table.buyer, order()) for _ in range(2))
    assert [(s.version, s.made_by) for s in again.statements.all()] == [(newest(table), table.buyer)]
    assert (again, again.versions.count(), again.state) == (once, 1, "one_side")
    assert (notices(table.seller), notices(table.buyer)) == (["outcome_stated"], [])


def test_both_confirming_the_same_version_agree(table: Table) -> None:
    assert table.interpreter is not None
    version = draft(actor(table.interpreter), meeting=table.meeting.pk, fields=order(), now=NOW)
    say(table, table.buyer, version=version)
    outcome = say(table, table.seller, version=version)
    assert (outcome.state, outcome.agreed, outcome.agreed_at, outcome.number) == ("agreed", version, NOW, 1)
    # What one has not read of an outcome becomes what it is now.
    assert notices(table.buyer) == ["outcome_agreed"]
    assert notices(table.seller) == ["outcome_stated"]


def test_agreed_outcomes_are_numbered_through_the_fair(fair: Fair) -> None:
    slot = make_slots(fair)[0]
    numbers = []
    for _ in range(3):
        table = lay(fair, slot)
        say(table, table.buyer, order())
        numbers.append(say(table, table.seller, version=newest(table)).number)
    assert numbers == [1, 2, 3]


def test_a_correction_is_a_new_version_its_writer_stands_by(table: Table) -> None:
    say(table, table.buyer, order())
    outcome = say(table, table.seller, order(3_015_000), version=newest(table))
    assert outcome.state == "differing"
    assert {s.side: (s.version.number, s.version.amount_minor) for s in outcome.statements.all()} == {
        "buyer": (1, 3_150_000),
        "exhibitor": (2, 3_015_000),
    }
    assert notices(table.buyer) == ["outcome_differs"]


def test_differing_sides_agree_when_one_takes_the_others_version(table: Table) -> None:
    say(table, table.buyer, order())
    first = newest(table)
    say(table, table.seller, order(3_015_000), version=first)
    outcome = say(table, table.seller, version=first)
    assert (outcome.state, outcome.agreed) == ("agreed", first)


def test_writing_what_the_other_side_said_is_confirming_it(table: Table) -> None:
    say(table, table.buyer, order())
    first = newest(table)
    say(table, table.seller, order(3_015_000), version=first)
    outcome = say(table, table.seller, order(), version=newest(table))
    assert (outcome.state, outcome.agreed) == ("agreed", first)
    assert outcome.versions.count() == 2


def test_a_compromise_drafted_for_both_can_be_confirmed_by_both(table: Table) -> None:
    assert table.interpreter is not None
    say(table, table.buyer, order())
    say(table, table.seller, order(3_015_000), version=newest(table))
    middle = draft(actor(table.interpreter), meeting=table.meeting.pk, fields=order(3_080_000), now=NOW)
    say(table, table.buyer, version=middle)
    assert say(table, table.seller, version=middle).agreed == middle


def test_confirming_twice_is_confirming_once(table: Table) -> None:
    say(table, table.buyer, order())
    version = newest(table)
    once = say(table, table.seller, version=version)
    versions = TopicVersion.current([table.meeting.topic])
    for person in (table.seller, table.buyer):
        again = say(table, person, version=version)
        assert (again.pk, again.number, again.agreed) == (once.pk, once.number, version)
    assert TopicVersion.current([table.meeting.topic]) == versions


def test_confirming_what_the_other_side_has_changed_is_refused(table: Table) -> None:
    say(table, table.buyer, order())
    overtaken = newest(table)
    say(table, table.buyer, order(2_000_000), version=overtaken)
    assert refusal(say, table, table.seller, version=overtaken) == "outcome_changed"
    assert Outcome.objects.get(meeting=table.meeting).state == "one_side"


def test_correcting_what_is_no_longer_the_newest_is_refused(table: Table) -> None:
    say(table, table.buyer, order())
    seen = newest(table)
    say(table, table.buyer, order(2_000_000), version=seen)
    assert refusal(say, table, table.seller, order(1), version=seen) == "outcome_changed"
    assert refusal(say, table, table.seller, order(1)) == "outcome_changed"


def test_what_is_agreed_stays(table: Table) -> None:
    say(table, table.buyer, order())
    say(table, table.seller, version=newest(table))
    assert refusal(say, table, table.buyer, order(1), version=None) == "outcome_agreed"
    assert refusal(draft, actor(table.buyer), meeting=table.meeting.pk, fields=order(1), now=NOW) == "outcome_agreed"


def test_before_the_meeting_nothing_is_stated(table: Table) -> None:
    early = table.meeting.starts_at - minutes(0.1)
    arguments = {"meeting": table.meeting.pk, "fields": order(), "now": early}
    assert refusal(draft, actor(table.buyer), **arguments) == "outcome_early"
    assert refusal(submit, actor(table.buyer), version=None, **arguments) == "outcome_early"
    assert not Outcome.objects.exists()


def test_nobody_states_in_another_persons_name(table: Table, fair: Fair) -> None:
    organiser = make_role(fair, "organiser")
    proxy = Actor(organiser, on_behalf_of=User.objects.get(pk=table.buyer.pk))
    assert refusal(submit, proxy, meeting=table.meeting.pk, version=None, fields=order(), now=NOW) == "not_for_others"
    version = draft(proxy, meeting=table.meeting.pk, fields=order(), now=NOW)
    assert (version.written_by, version.on_behalf_of, version.written_as) == (organiser, table.buyer, "buyer")


def test_one_person_never_states_for_both_sides(table: Table) -> None:
    say(table, table.buyer, order())
    # They now sit on the other side too, and are named for it instead.
    table.meeting.exhibitor.company.staff.create(user=table.buyer, position="sales", is_manager=True)
    Participant.objects.filter(meeting=table.meeting, user=table.buyer).update(side="exhibitor")
    assert refusal(say, table, table.buyer, version=newest(table)) == "one_side_only"


@pytest.mark.parametrize("is_named", [True, False])
def test_who_works_for_both_states_for_the_company_they_manage(table: Table, *, is_named: bool) -> None:
    person = make_staff(table.meeting.exhibitor, is_manager=False)
    table.meeting.buyer.company.staff.create(user=person, position="sales", is_manager=True)
    if is_named:
        Participant.objects.create(meeting=table.meeting, user=person, role="colleague", side="exhibitor")
    say(table, person, order())
    assert list(Statement.objects.values_list("side", "made_by")) == [("buyer", person.pk)]


def test_whose_company_is_no_longer_approved_has_nothing_to_confirm(table: Table, fair: Fair) -> None:
    manager = make_staff(table.meeting.buyer)
    say(table, table.seller, order())
    assert to_confirm(actor(manager).person, fair) == [table.meeting]
    Participation.objects.filter(pk=table.meeting.buyer_id).update(state="refused")
    assert to_confirm(actor(manager).person, fair) == []


def test_interpreters_organisers_and_strangers_state_nothing(table: Table, fair: Fair) -> None:
    assert table.interpreter is not None
    assert refusal(say, table, table.interpreter, order()) == "not_permitted"
    assert refusal(say, table, make_role(fair, "organiser"), order()) == "not_permitted"
    assert refusal(say, table, make_person(), order()) == "not_found"
    rival = lay(fair, make_slots(fair, first=NOW + minutes(200), number=1)[0])
    assert refusal(say, table, rival.seller, order()) == "not_found"


def test_a_manager_who_was_not_named_states_for_their_company(table: Table) -> None:
    chief = make_staff(table.meeting.buyer)
    assert [(s.side, s.made_by) for s in say(table, chief, order()).statements.all()] == [("buyer", chief)]


def test_both_confirming_a_missed_meeting_count_it_as_held(table: Table) -> None:
    Meeting.objects.filter(pk=table.meeting.pk).update(state="missed", missed_because="line")
    say(table, table.buyer, order())
    assert Meeting.objects.get(pk=table.meeting.pk).state == "missed"
    say(table, table.seller, version=newest(table))
    found = Meeting.objects.get(pk=table.meeting.pk)
    assert (found.state, found.missed_because, found.held_at) == ("held", "", NOW)


def test_a_cancelled_meeting_has_no_outcome(table: Table) -> None:
    Meeting.objects.filter(pk=table.meeting.pk).update(state="cancelled")
    assert refusal(say, table, table.buyer, order()) == "not_now"


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (Terms(kind="order"), "amount_needed"),
        (replace(order(), currency=""), "amount_needed"),
        (Terms(kind="contact", amount_minor=100, currency="USD"), "amount_not_allowed"),
        (Terms(kind="intended_deal", amount_minor=100, currency="USD"), "months_needed"),
        (Terms(kind="intended_deal", amount_minor=100, currency="USD", months=61), "months_needed"),
        (order(months=3), "months_only_intended"),
        (order(hs_code="82032"), "hs_form"),
        (order(hs_code="820399"), "hs_unknown"),
        (order(next_step_by="buyer"), "step_needed"),
    ],
)
def test_terms_that_do_not_fit_are_refused_and_leave_nothing(table: Table, terms: Terms, code: str) -> None:
    assert refusal(say, table, table.buyer, terms) == code
    assert not Outcome.objects.exists()


def test_terms_keep_the_code_as_typed_and_compare_six_digits(table: Table) -> None:
    say(table, table.buyer, order(hs_code="8203200090"))
    assert (newest(table).hs_code, newest(table).hs6) == ("8203200090", "820320")


@pytest.mark.parametrize("text", ["8203.20", "820320", " 8203 20 ", "۸۲۰۳۲۰", "8203-20"])
def test_read_hs_takes_the_ways_it_is_typed(text: str) -> None:
    assert read_hs(text) == "820320"


@pytest.mark.parametrize("text", ["8203", "82032000901", "8203.2", "pliers", "82.03.2O"])
def test_read_hs_refuses_everything_else(text: str) -> None:
    assert refusal(read_hs, text) == "hs_form"


def test_to_confirm_lists_what_waits_for_ones_own_side(fair: Fair) -> None:
    slot = make_slots(fair)[0]
    table = lay(fair, slot)
    others = lay(fair, slot)
    say(others, others.buyer, order())
    people = (table.seller, table.buyer)
    assert [to_confirm(person, fair) for person in people] == [[], []]
    Meeting.objects.filter(pk=table.meeting.pk).update(state="held")
    assert [to_confirm(person, fair) for person in people] == [[table.meeting]] * 2
    say(table, table.buyer, order())
    assert [to_confirm(person, fair) for person in people] == [[table.meeting], []]
    say(table, table.seller, order(3_015_000), version=newest(table))
    assert [to_confirm(person, fair) for person in people] == [[table.meeting]] * 2
    say(table, table.buyer, version=newest(table))
    assert [to_confirm(person, fair) for person in people] == [[], []]


@pytest.mark.either("meetings.outcomes.actions")
def test_both_pressing_at_once_agree_once(transactional_db: None) -> None:
    fair = make_fair()
    table = lay(fair, make_slots(fair)[0])
    version = draft(actor(table.seller), meeting=table.meeting.pk, fields=order(), now=NOW)
    start = Barrier(4)

    def press(person: User) -> None:
        own = actor(person)
        start.wait()
        try:
            submit(own, meeting=table.meeting.pk, version=version.pk, now=NOW)
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=[person]) for person in (table.seller, table.buyer) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome = Outcome.objects.get(meeting=table.meeting)
    assert (outcome.state, outcome.number, outcome.statements.count()) == ("agreed", 1, 2)
    assert Notice.objects.filter(code="outcome_agreed").count() == 1


def test_many_drafts_are_one_notice_and_come_to_an_end(table: Table) -> None:
    for amount in range(1, 21):
        draft(actor(table.seller), meeting=table.meeting.pk, fields=order(amount), now=NOW)
    assert refusal(draft, actor(table.seller), meeting=table.meeting.pk, fields=order(21), now=NOW) == "too_fast"
    assert notices(table.buyer) == ["outcome_drafted"]
    assert refusal(say, table, table.seller, order(22), version=newest(table)) == "too_fast"
    # The other side is not stopped by it.
    assert draft(actor(table.buyer), meeting=table.meeting.pk, fields=order(23), now=NOW).number == 21
    say(table, table.seller, version=newest(table))
    assert notices(table.buyer) == ["outcome_stated"]
    assert draft(actor(table.seller), meeting=table.meeting.pk, fields=order(24), now=NOW + minutes(61)).number == 22


def test_visitors_who_try_the_demonstration_as_one_person_stop_each_other_at_no_draft(table: Table) -> None:
    User.objects.filter(pk=table.seller.pk).update(is_demo=True)
    for amount in range(1, 22):
        version = draft(actor(table.seller), meeting=table.meeting.pk, fields=order(amount), now=NOW)
    assert version.number == 21
