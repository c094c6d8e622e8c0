"""What a company says to its list of meetings, and what asks it again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import AuditEntry, Staff
from fairplatform.errors import Refused
from fairplatform.fairs.models import RecruitingUnit
from fairplatform.notices.models import Notice
from meetings.models import SlipAnswer
from meetings.schedule.actions.planning import cancel, move
from meetings.slips.actions import Refusal, remind_silent
from meetings.slips.message import reminder
from meetings.slips.queries import own_slips, slips_for
from meetings.slips.slip import slip_of
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_fair, make_role, make_slots, make_staff, three
from tests.meetings.slips.listed import Listed

pytestmark = [pytest.mark.django_db, pytest.mark.either("meetings.slips.actions")]
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def listed() -> Listed:
    """Three meetings of one exhibitor, in the slots that begin after NOW."""
    return Listed(make_fair())


def states(listed: Listed) -> list[str]:
    return [item.state for item in slip_of(listed.exhibitor, NOW).items]


def test_one_press_confirms_the_whole_list(listed: Listed) -> None:
    assert (slip_of(listed.exhibitor, NOW).state, states(listed)) == ("silent", ["open"] * 3)
    listed.answer()
    assert (slip_of(listed.exhibitor, NOW).state, states(listed)) == ("confirmed", ["confirmed"] * 3)
    assert {answer.source for answer in SlipAnswer.objects.all()} == {"page"}
    assert [slip_of(one, NOW).state for one in listed.buyers] == ["silent"] * 3


def test_a_second_press_changes_nothing(listed: Listed) -> None:
    seen = listed.seen()
    listed.answer(seen=seen)
    before = list(SlipAnswer.objects.order_by("pk").values())
    listed.answer(seen=seen, now=LATER)
    assert list(SlipAnswer.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.filter(permission="slip.answer").count() == 1


def test_what_cannot_be_attended_is_told_to_the_organisers_with_its_reason(listed: Listed) -> None:
    organiser = make_role(listed.fair, "organiser")
    listed.answer(refused={listed.meetings[1].pk: Refusal("person", "Mr Wang travels")})
    assert (slip_of(listed.exhibitor, NOW).state, states(listed)) == ("cannot", ["confirmed", "cannot", "confirmed"])
    [answer] = SlipAnswer.objects.filter(says="cannot")
    assert (answer.reason, answer.note, answer.made_by) == ("person", "Mr Wang travels", listed.manager)
    [notice] = Notice.objects.filter(recipient=organiser)
    assert (notice.code, notice.path) == ("slip_cannot", listed.url)
    listed.answer()  # it can, after all
    assert states(listed) == ["confirmed"] * 3


def test_a_moved_new_or_cancelled_meeting_asks_again_for_itself_alone(listed: Listed) -> None:
    listed.answer()
    organiser = actor(make_role(listed.fair, "organiser"))
    move(organiser, meeting=listed.meetings[0].pk, slot=listed.slots[5].pk, now=NOW)
    cancel(organiser, meeting=listed.meetings[1].pk, now=NOW)
    listed.meet(listed.slots[4])
    slip = slip_of(listed.exhibitor, NOW)
    assert (slip.state, [item.state for item in slip.items]) == ("changed", ["cancelled", "confirmed", "open", "moved"])
    listed.answer()
    assert states(listed) == ["confirmed", "confirmed", "confirmed"]
    assert slip_of(listed.exhibitor, NOW).state == "confirmed"


def test_a_cancelled_meeting_that_was_never_confirmed_asks_nothing(listed: Listed) -> None:
    listed.answer(refused={listed.meetings[0].pk: Refusal("time")})
    organiser = actor(make_role(listed.fair, "organiser"))
    cancel(organiser, meeting=listed.meetings[0].pk, now=NOW)
    assert states(listed) == ["confirmed", "confirmed"]


def test_an_answer_to_a_list_that_has_changed_is_refused(listed: Listed) -> None:
    seen = listed.seen()
    move(actor(make_role(listed.fair, "organiser")), meeting=listed.meetings[0].pk, slot=listed.slots[5].pk, now=NOW)
    with pytest.raises(Refused) as refused:
        listed.answer(seen=seen)
    assert (refused.value.code, SlipAnswer.objects.count()) == ("slip_changed", 0)


def test_of_two_who_answer_at_once_the_second_is_told(listed: Listed) -> None:
    seen = listed.seen()
    listed.answer(seen=seen, refused={listed.meetings[0].pk: Refusal("time")})
    organiser = make_role(listed.fair, "organiser")
    with pytest.raises(Refused) as refused:
        listed.answer(seen=seen, by=organiser, source="telephone")
    assert refused.value.code == "slip_changed"
    assert states(listed) == ["cannot", "confirmed", "confirmed"]


def test_meetings_that_have_begun_are_no_longer_asked_about(listed: Listed) -> None:
    assert len(slip_of(listed.exhibitor, listed.meetings[1].starts_at).items) == 1


def test_a_delegate_enters_the_answer_as_it_came_and_is_named(listed: Listed) -> None:
    unit = RecruitingUnit.objects.create(fair=listed.fair, name=three("Chamber"), country="CN")
    delegate = make_role(listed.fair, "delegated", unit=unit)
    with pytest.raises(Refused) as refused:
        listed.answer(by=delegate, source="paper")
    assert refused.value.code == "not_found"
    listed.exhibitor.unit = unit
    listed.exhibitor.save()
    listed.answer(by=delegate, source="paper")
    assert set(SlipAnswer.objects.values_list("made_by", "source", "says")) == {(delegate.pk, "paper", "confirmed")}


def test_staff_read_the_list_and_only_managers_and_leads_answer_it(listed: Listed) -> None:
    clerk = make_staff(listed.exhibitor, is_manager=False)
    with pytest.raises(Refused) as refused:
        listed.answer(by=clerk)
    assert refused.value.code == "not_permitted"
    Staff.objects.filter(user=clerk).update(is_lead=True)
    listed.answer(by=clerk)
    assert set(SlipAnswer.objects.values_list("made_by", "source")) == {(clerk.pk, "page")}


def test_the_page_confirms_and_leads_on_to_itself(listed: Listed, client: Client) -> None:
    client.force_login(listed.manager)
    with listed.at_noon():
        got = client.get(reverse("meetings:own_slip", args=[listed.fair.slug]))
        assert got["Location"] == listed.url
        page = client.get(listed.url).content.decode()
        assert page.count('name="seen"') == 3
        day = client.get(reverse("meetings:day", args=[listed.fair.slug])).content.decode()
        assert f'href="{listed.url}"' in day
        words = {f"{listed.meetings[2].pk}-reason": "other", f"{listed.meetings[2].pk}-note": "A holiday"}
        assert client.post(listed.url, {"seen": listed.seen(), **words}).status_code == 302
        assert states(listed) == ["confirmed", "confirmed", "cannot"]
        assert "A holiday" in client.get(listed.url).content.decode()
        day = client.get(reverse("meetings:day", args=[listed.fair.slug])).content.decode()
        assert f'href="{listed.url}"' not in day


def test_words_without_a_reason_are_asked_about(listed: Listed, client: Client) -> None:
    client.force_login(listed.manager)
    with listed.at_noon():
        got = client.post(listed.url, {"seen": listed.seen(), f"{listed.meetings[2].pk}-note": "A holiday"})
    assert (got.status_code, SlipAnswer.objects.count()) == (409, 0)


def test_an_organiser_must_say_how_the_answer_came(listed: Listed, client: Client) -> None:
    client.force_login(make_role(listed.fair, "organiser"))
    with listed.at_noon():
        assert client.post(listed.url, {"seen": listed.seen()}).status_code == 409
        assert client.post(listed.url, {"seen": listed.seen(), "source": "telephone"}).status_code == 302
    assert set(SlipAnswer.objects.values_list("source", flat=True)) == {"telephone"}


def test_the_silent_are_reminded_once_and_each_delegate_reminds_their_own(listed: Listed) -> None:
    unit = RecruitingUnit.objects.create(fair=listed.fair, name=three("Chamber"), country="PK")
    listed.buyers[0].unit = unit
    listed.buyers[0].save()
    delegate, organiser = make_role(listed.fair, "delegated", unit=unit), make_role(listed.fair, "organiser")
    assert [slip.participation for slip in slips_for(delegate, listed.fair, NOW)] == [listed.buyers[0]]
    assert remind_silent(actor(delegate), fair=listed.fair, now=NOW) == 1
    assert remind_silent(actor(organiser), fair=listed.fair, now=NOW) == 4
    codes = Notice.objects.filter(code="slip_asked").values_list("recipient", flat=True)
    assert sorted(codes) == sorted(user.pk for user in [listed.manager, *listed.purchasers])


def test_the_message_names_the_companies_and_the_link(listed: Listed) -> None:
    text = reminder(listed.fair, own_slips(listed.manager, listed.fair, NOW))
    name = listed.exhibitor.company.name["en"]
    assert f"{name}: 3 meetings" in text.splitlines()
    assert text.endswith(f"/fairs/{listed.fair.slug}/slip/")


def test_reading_slips_takes_as_many_queries_for_one_as_for_many(
    listed: Listed, django_assert_num_queries: object
) -> None:
    organiser = make_role(listed.fair, "organiser")
    make_slots(listed.fair, number=1)
    make_exhibitor(listed.fair), make_buyer(listed.fair)
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(slips_for(organiser, listed.fair, NOW)) == 4


def test_in_a_draft_nobody_is_asked_and_only_organisers_read_slips(listed: Listed) -> None:
    listed.fair.state = "draft"
    listed.fair.save()
    organiser = make_role(listed.fair, "organiser")
    with pytest.raises(Refused) as refused:
        remind_silent(actor(organiser), fair=listed.fair, now=NOW)
    assert refused.value.code == "not_now"
    with pytest.raises(Refused) as hidden:
        listed.answer()
    assert hidden.value.code == "not_found"
    listed.answer(by=organiser, source="telephone")
    assert states(listed) == ["confirmed"] * 3
