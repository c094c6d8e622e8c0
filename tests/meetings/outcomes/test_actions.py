"""Drafting and confirming outcomes: never by proxy, never twice, never a version that was replaced."""

import pytest

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from fairplatform.ledger.chain import verify
from fairplatform.ledger.models import Entry
from fairplatform.ledger.totals import totals
from fairplatform.notices.models import Notice
from fairplatform.realtime.models import TopicVersion
from meetings.figures.counting import count_figures
from meetings.models import Meeting, Outcome, OutcomeVersion, Participant, Statement
from meetings.outcomes.actions import confirm, draft, submit, withdraw
from tests.factories import NOW, actor, make_exhibitor, make_fair, make_person, make_role, make_slots, make_staff, three
from tests.meetings.cases import MeetingCase, make_case, minutes, order
from tests.meetings.outcomes.confirmations import confirm_as, newest, submit_as


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


@pytest.fixture
def case(fair: Fair) -> MeetingCase:
    return make_case(fair, make_slots(fair)[0], with_interpreter=True)


def notices(person: User) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("code", flat=True))


def refusal(call: object, *arguments: object, **named: object) -> str:
    with pytest.raises(Refused) as refused:
        call(*arguments, **named)  # type: ignore[operator]
    return refused.value.code


def test_a_draft_of_the_interpreter_binds_nobody_and_notifies_both(case: MeetingCase) -> None:
    assert case.interpreter is not None
    version = draft(actor(case.interpreter), meeting=case.meeting.pk, content=order(), now=NOW)
    assert (version.number, version.written_as, version.outcome.state) == (1, "interpreter", "drafted")
    assert not version.outcome.statements.exists()
    assert notices(case.seller) == notices(case.buyer) == ["outcome_drafted"]


def test_draft_sent_twice_is_written_once(case: MeetingCase) -> None:
    first, second = (draft(actor(case.seller), meeting=case.meeting.pk, content=order(), now=NOW) for _ in range(2))
    assert first == second
    assert notices(case.buyer) == ["outcome_drafted"]


def test_submitting_for_one_side_waits_for_the_other(case: MeetingCase) -> None:
    outcome = submit_as(case, case.buyer, order())
    assert outcome.state == "one_side"
    assert [(s.side, s.version, s.made_by) for s in outcome.statements.all()] == [("buyer", newest(case), case.buyer)]
    assert (notices(case.seller), notices(case.buyer)) == (["outcome_stated"], [])


def test_submitting_the_same_again_without_the_answer_is_submitting_once(case: MeetingCase) -> None:
    once, again = (submit_as(case, case.buyer, order()) for _ in range(2))
    assert [(s.version, s.made_by) for s in again.statements.all()] == [(newest(case), case.buyer)]
    assert (again, again.versions.count(), again.state) == (once, 1, "one_side")
    assert (notices(case.seller), notices(case.buyer)) == (["outcome_stated"], [])


def test_both_confirming_the_same_version_agree(case: MeetingCase) -> None:
    assert case.interpreter is not None
    version = draft(actor(case.interpreter), meeting=case.meeting.pk, content=order(), now=NOW)
    confirm_as(case, case.buyer, version=version)
    outcome = confirm_as(case, case.seller, version=version)
    assert (outcome.state, outcome.agreed, outcome.agreed_at, outcome.number) == ("agreed", version, NOW, 1)
    # What one has not read of an outcome becomes what it is now.
    assert notices(case.buyer) == ["outcome_agreed"]
    assert notices(case.seller) == ["outcome_stated"]


def test_agreed_outcomes_are_numbered_through_the_fair(fair: Fair) -> None:
    slot = make_slots(fair)[0]
    numbers = []
    for _ in range(3):
        case = make_case(fair, slot)
        submit_as(case, case.buyer, order())
        numbers.append(confirm_as(case, case.seller, version=newest(case)).number)
    assert numbers == [1, 2, 3]


def test_a_correction_is_a_new_version_confirmed_by_its_writers_side(case: MeetingCase) -> None:
    submit_as(case, case.buyer, order())
    outcome = submit_as(case, case.seller, order(3_015_000), base=newest(case))
    assert outcome.state == "differing"
    assert {s.side: (s.version.number, s.version.amount_minor) for s in outcome.statements.all()} == {
        "buyer": (1, 3_150_000),
        "exhibitor": (2, 3_015_000),
    }
    assert notices(case.buyer) == ["outcome_differs"]


def test_differing_sides_agree_when_one_confirms_the_others_version(case: MeetingCase) -> None:
    submit_as(case, case.buyer, order())
    first = newest(case)
    submit_as(case, case.seller, order(3_015_000), base=first)
    outcome = confirm_as(case, case.seller, version=first)
    assert (outcome.state, outcome.agreed) == ("agreed", first)


def test_submitting_the_other_sides_content_is_confirming_it(case: MeetingCase) -> None:
    submit_as(case, case.buyer, order())
    first = newest(case)
    submit_as(case, case.seller, order(3_015_000), base=first)
    outcome = submit_as(case, case.seller, order(), base=newest(case))
    assert (outcome.state, outcome.agreed) == ("agreed", first)
    assert outcome.versions.count() == 2


def test_a_compromise_drafted_for_both_can_be_confirmed_by_both(case: MeetingCase) -> None:
    assert case.interpreter is not None
    submit_as(case, case.buyer, order())
    submit_as(case, case.seller, order(3_015_000), base=newest(case))
    middle = draft(actor(case.interpreter), meeting=case.meeting.pk, content=order(3_080_000), now=NOW)
    confirm_as(case, case.buyer, version=middle)
    assert confirm_as(case, case.seller, version=middle).agreed == middle


def test_confirming_twice_is_confirming_once(case: MeetingCase) -> None:
    submit_as(case, case.buyer, order())
    version = newest(case)
    once = confirm_as(case, case.seller, version=version)
    versions = TopicVersion.current([case.meeting.topic])
    for person in (case.seller, case.buyer):
        again = confirm_as(case, person, version=version)
        assert (again.pk, again.number, again.agreed) == (once.pk, once.number, version)
    assert TopicVersion.current([case.meeting.topic]) == versions


def test_confirming_what_the_other_side_has_changed_is_refused(case: MeetingCase) -> None:
    submit_as(case, case.buyer, order())
    overtaken = newest(case)
    submit_as(case, case.buyer, order(2_000_000), base=overtaken)
    assert refusal(confirm_as, case, case.seller, version=overtaken) == "outcome_changed"
    assert Outcome.objects.get(meeting=case.meeting).state == "one_side"


def test_correcting_what_is_no_longer_the_newest_is_refused(case: MeetingCase) -> None:
    submit_as(case, case.buyer, order())
    seen = newest(case)
    submit_as(case, case.buyer, order(2_000_000), base=seen)
    assert refusal(submit_as, case, case.seller, order(1), base=seen) == "outcome_changed"
    assert refusal(submit_as, case, case.seller, order(1)) == "outcome_changed"


def test_what_is_agreed_stays(case: MeetingCase) -> None:
    submit_as(case, case.buyer, order())
    confirm_as(case, case.seller, version=newest(case))
    assert refusal(submit_as, case, case.buyer, order(1), base=None) == "outcome_agreed"
    assert refusal(draft, actor(case.buyer), meeting=case.meeting.pk, content=order(1), now=NOW) == "outcome_agreed"


def test_before_the_meeting_nothing_is_drafted_or_submitted(case: MeetingCase) -> None:
    early = case.meeting.starts_at - minutes(0.1)
    arguments = {"meeting": case.meeting.pk, "content": order(), "now": early}
    assert refusal(draft, actor(case.buyer), **arguments) == "outcome_early"
    assert refusal(submit, actor(case.buyer), base=None, **arguments) == "outcome_early"
    assert not Outcome.objects.exists()


def test_nobody_submits_for_another_person(case: MeetingCase, fair: Fair) -> None:
    organiser = make_role(fair, "organiser")
    proxy = Actor(organiser, on_behalf_of=User.objects.get(pk=case.buyer.pk))
    assert refusal(submit, proxy, meeting=case.meeting.pk, base=None, content=order(), now=NOW) == "not_for_others"
    version = draft(proxy, meeting=case.meeting.pk, content=order(), now=NOW)
    assert (version.written_by, version.on_behalf_of, version.written_as) == (organiser, case.buyer, "buyer")


def test_one_person_never_confirms_for_both_sides(case: MeetingCase) -> None:
    submit_as(case, case.buyer, order())
    # They now sit on the other side too, and are named for it instead.
    case.meeting.exhibitor.company.staff.create(user=case.buyer, position="sales", is_manager=True)
    Participant.objects.filter(meeting=case.meeting, user=case.buyer).update(side="exhibitor")
    assert refusal(confirm_as, case, case.buyer, version=newest(case)) == "one_side_only"


@pytest.mark.parametrize("is_named", [True, False])
def test_staff_of_both_companies_confirm_for_the_one_they_manage(case: MeetingCase, *, is_named: bool) -> None:
    person = make_staff(case.meeting.exhibitor, is_manager=False)
    case.meeting.buyer.company.staff.create(user=person, position="sales", is_manager=True)
    if is_named:
        Participant.objects.create(meeting=case.meeting, user=person, role="colleague", side="exhibitor")
    submit_as(case, person, order())
    assert list(Statement.objects.values_list("side", "made_by")) == [("buyer", person.pk)]


def test_interpreters_organisers_and_strangers_submit_nothing(case: MeetingCase, fair: Fair) -> None:
    assert case.interpreter is not None
    assert refusal(submit_as, case, case.interpreter, order()) == "not_permitted"
    assert refusal(submit_as, case, make_role(fair, "organiser"), order()) == "not_permitted"
    assert refusal(submit_as, case, make_person(), order()) == "not_found"
    rival = make_case(fair, make_slots(fair, first=NOW + minutes(200), number=1)[0])
    assert refusal(submit_as, case, rival.seller, order()) == "not_found"


def test_a_manager_who_was_not_named_submits_for_their_company(case: MeetingCase) -> None:
    chief = make_staff(case.meeting.buyer)
    assert [(s.side, s.made_by) for s in submit_as(case, chief, order()).statements.all()] == [("buyer", chief)]


def test_both_confirming_a_missed_meeting_count_it_as_held(case: MeetingCase) -> None:
    Meeting.objects.filter(pk=case.meeting.pk).update(state="missed", missed_because="line")
    submit_as(case, case.buyer, order())
    assert Meeting.objects.get(pk=case.meeting.pk).state == "missed"
    confirm_as(case, case.seller, version=newest(case))
    found = Meeting.objects.get(pk=case.meeting.pk)
    assert (found.state, found.missed_because, found.held_at) == ("held", "", NOW)


@pytest.mark.parametrize("side", ["exhibitor", "buyer"])
def test_either_side_hides_the_amount_and_totals_do_not_tell_it(case: MeetingCase, side: str) -> None:
    hides = {"exhibitor": side == "exhibitor", "buyer": side == "buyer"}
    arguments = {"meeting": case.meeting.pk, "now": NOW}
    submit(actor(case.buyer), content=order(), base=None, hides_amount=hides["buyer"], **arguments)
    confirm(actor(case.seller), version=newest(case).pk, hides_amount=hides["exhibitor"], **arguments)
    outcome = Outcome.objects.get()
    assert {statement.side: statement.hides_amount for statement in outcome.statements.all()} == hides
    assert (outcome.is_amount_hidden, Entry.objects.get().is_amount_hidden) == (True, True)
    assert [(total.amount_minor, total.hidden) for total in totals(outcome.fair)] == [(0, 1)]
    assert verify(outcome.fair).ok
    assert [(one.currency, one.amount_minor, one.hidden) for one in count_figures(outcome.fair, now=NOW).agreed] == [
        ("USD", 0, 1)
    ]


def test_a_side_changes_its_mind_about_hiding_until_both_have_confirmed(case: MeetingCase) -> None:
    arguments = {"meeting": case.meeting.pk, "now": NOW}
    submit(actor(case.buyer), content=order(), base=None, hides_amount=True, **arguments)
    key = newest(case).pk
    assert not confirm(actor(case.buyer), version=key, **arguments).is_amount_hidden
    assert confirm(actor(case.buyer), version=key, hides_amount=True, **arguments).is_amount_hidden
    confirm(actor(case.seller), version=key, **arguments)
    assert confirm(actor(case.buyer), version=key, **arguments).is_amount_hidden


def test_a_side_withdraws_its_confirmation_and_the_version_stays_as_a_draft(case: MeetingCase) -> None:
    submit_as(case, case.buyer, order())
    for _ in range(2):
        outcome = withdraw(actor(case.buyer), meeting=case.meeting.pk, now=NOW)
        assert (outcome.state, outcome.statements.count(), outcome.versions.count()) == ("withdrawn", 0, 1)
    assert notices(case.seller) == ["outcome_withdrawn"]
    assert confirm_as(case, case.seller, version=newest(case)).state == "one_side"
    assert confirm_as(case, case.buyer, version=newest(case)).state == "agreed"
    assert refusal(withdraw, actor(case.buyer), meeting=case.meeting.pk, now=NOW) == "outcome_agreed"


def test_withdrawing_leaves_what_the_other_side_has_confirmed(case: MeetingCase) -> None:
    submit_as(case, case.buyer, order())
    submit_as(case, case.seller, order(3_015_000), base=newest(case))
    outcome = withdraw(actor(case.seller), meeting=case.meeting.pk, now=NOW)
    assert (outcome.state, [one.side for one in outcome.statements.all()]) == ("one_side", ["buyer"])


def test_where_nothing_was_written_nothing_is_withdrawn(case: MeetingCase) -> None:
    assert refusal(withdraw, actor(case.buyer), meeting=case.meeting.pk, now=NOW) == "not_now"
    assert not Outcome.objects.exists()


def test_nobody_withdraws_for_another(case: MeetingCase, fair: Fair) -> None:
    submit_as(case, case.buyer, order())
    proxy = Actor(make_role(fair, "organiser"), on_behalf_of=case.buyer)
    for person in (proxy, actor(case.interpreter)):
        assert refusal(withdraw, person, meeting=case.meeting.pk, now=NOW) in ("not_for_others", "not_permitted")
    assert withdraw(actor(case.seller), meeting=case.meeting.pk, now=NOW).state == "one_side"


def test_a_cancelled_meeting_has_no_outcome(case: MeetingCase) -> None:
    Meeting.objects.filter(pk=case.meeting.pk).update(state="cancelled")
    assert refusal(submit_as, case, case.buyer, order()) == "not_now"


def test_many_drafts_are_one_notice_and_limited(case: MeetingCase) -> None:
    for amount in range(1, 21):
        draft(actor(case.seller), meeting=case.meeting.pk, content=order(amount), now=NOW)
    assert refusal(draft, actor(case.seller), meeting=case.meeting.pk, content=order(21), now=NOW) == "too_fast"
    assert notices(case.buyer) == ["outcome_drafted"]
    assert refusal(submit_as, case, case.seller, order(22), base=newest(case)) == "too_fast"
    # The other side is not stopped by it.
    assert draft(actor(case.buyer), meeting=case.meeting.pk, content=order(23), now=NOW).number == 21
    confirm_as(case, case.seller, version=newest(case))
    assert notices(case.buyer) == ["outcome_stated"]
    assert draft(actor(case.seller), meeting=case.meeting.pk, content=order(24), now=NOW + minutes(61)).number == 22


def test_visitors_of_the_demonstration_share_a_larger_limit(case: MeetingCase) -> None:
    User.objects.filter(pk=case.seller.pk).update(is_demo=True)
    for amount in range(1, 22):
        version = draft(actor(case.seller), meeting=case.meeting.pk, content=order(amount), now=NOW)
    assert version.number == 21


def unit_of(company: Participation) -> RecruitingUnit:
    company.unit = RecruitingUnit.objects.create(fair=company.fair, name=three("Chamber"), country="CN")
    company.save()
    return company.unit


def test_liaison_officers_and_floor_assistants_draft_and_confirm_nothing(fair: Fair, case: MeetingCase) -> None:
    people = [
        make_role(fair, "floor_assistant"),
        *(make_role(fair, "liaison", unit=unit_of(one)) for one in (case.meeting.exhibitor, case.meeting.buyer)),
    ]
    for number, person in enumerate(people):
        written = draft(actor(person), meeting=case.meeting.pk, content=order(number + 1), now=NOW)
        assert (written.written_by, written.outcome.state) == (person, "drafted")
        refused = [
            refusal(confirm, actor(person), meeting=case.meeting.pk, version=written.pk, now=NOW),
            refusal(submit, actor(person), meeting=case.meeting.pk, content=order(9), base=written.pk, now=NOW),
            refusal(withdraw, actor(person), meeting=case.meeting.pk, now=NOW),
        ]
        assert refused == ["not_permitted"] * 3
    roles = OutcomeVersion.objects.order_by("number").values_list("written_as", flat=True)
    assert list(roles) == ["floor_assistant", "liaison", "liaison"]


def test_liaison_officers_of_others_and_floor_assistants_of_another_fair_draft_nothing(
    fair: Fair, case: MeetingCase
) -> None:
    unit_of(case.meeting.exhibitor)
    other = make_fair()
    strangers = [
        make_role(fair, "liaison"),
        make_role(fair, "liaison", unit=unit_of(make_exhibitor(fair))),
        make_role(fair, "delegated", unit=case.meeting.exhibitor.unit),
        make_role(other, "floor_assistant"),
    ]
    refused = [refusal(draft, actor(person), meeting=case.meeting.pk, content=order(), now=NOW) for person in strangers]
    assert refused == ["not_found"] * 4
