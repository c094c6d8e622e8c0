"""The board: what it shows, and moving and locking the meetings of a draft."""

from typing import Any

import pytest
from django.utils import timezone

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import isolated
from meetings.models import PlannedBooking, PlannedMeeting, Run, ScheduleVersion
from meetings.schedule.reserve import reserve_slots
from meetings.versions.drafting import make_draft
from meetings.versions.moving import Targets, move_planned
from meetings.versions.publishing import publish_draft
from meetings.versions.reasons import NOT_PLACED
from tests.factories import NOW, actor, make_role
from tests.meetings.versions.rules import Rules
from tests.meetings.versions.small_fair import exported, small_fair
from tests.office.office import Office

pytestmark = pytest.mark.django_db


def free_row(fair: Fair) -> PlannedMeeting:
    """A planned meeting that is not pinned."""
    rows = PlannedMeeting.objects.filter(version__fair=fair, is_pinned=False, not_placed="")
    return rows.select_related("version__fair", "exhibitor__company", "buyer__company", "interpreter")[0]


def other_times(row: PlannedMeeting, *, are_possible: bool) -> list[Any]:
    every = Targets(row, NOW).every
    return [one.slot.starts_at for one in every if bool(one.hindrances) != are_possible and not one.is_now]


def board(office: Office, **query: str) -> Any:
    return office.client.get(f"/fairs/{office.fair.slug}/organise/schedule/board/", query).context


def cards(found: Any) -> set[int]:
    return {card.key for line in found["page"] for _slot, own in line.cells for card in own}


@pytest.mark.parametrize("by", ["firm", "interpreter", "room"])
def test_each_meeting_of_a_day_is_on_the_board(drafted: Fair, office: Office, by: str) -> None:
    shown = set()
    for day in drafted.days.all():
        found = cards(board(office, by=by, day=str(day.pk)))
        rows = PlannedMeeting.objects.filter(starts_at__in=day.slots.values("starts_at"), not_placed="")
        assert found == set(rows.values_list("pk", flat=True))
        shown |= found
    assert shown == set(PlannedMeeting.objects.filter(not_placed="").values_list("pk", flat=True))


def test_the_board_of_what_is_published(drafted: Fair, office: Office) -> None:
    publish_draft(drafted, now=timezone.now())
    first = drafted.days.order_by("date")[0]
    meetings = set(drafted.meetings.filter(slot__day=first).values_list("pk", flat=True))
    assert meetings
    for by in ("firm", "interpreter", "room"):
        assert cards(board(office, by=by, day=str(first.pk))) == meetings


def test_interpreters_and_rooms_without_a_meeting_are_on_the_board(drafted: Fair, office: Office) -> None:
    Fair.objects.filter(pk=drafted.pk).update(rooms=9)
    idle = make_role(drafted, "interpreter", language_pairs=["zh-ur"])
    row = free_row(drafted)
    day = str(drafted.days.get(slots__starts_at=row.starts_at).pk)

    def listed(by: str, **query: str) -> dict[str, int]:
        """How many meetings each has."""
        page = board(office, day=day, by=by, **query)["page"]
        return {line.name: sum(len(own) for _slot, own in line.cells) for line in page}

    assert listed("interpreter")[isolated(idle)] == 0
    assert list(listed("room")) == [f"Room {number}" for number in range(1, 10)]
    # Of the meetings of one company, those alone that have some.
    for by in ("interpreter", "room"):
        assert 0 not in listed(by, q=row.buyer.company.name["en"]).values()


def test_the_board_says_who_has_as_many_meetings_as_they_may_and_what_is_kept_free(
    drafted: Fair, office: Office
) -> None:
    row = free_row(drafted)
    has = PlannedMeeting.objects.filter(buyer=row.buyer, not_placed="").count()
    day = drafted.days.get(slots__starts_at=row.starts_at)
    drafted.participations.filter(pk=row.buyer_id).update(max_meetings=has + 1)
    drafted.participations.exclude(pk=row.buyer_id).update(max_meetings=None)
    Fair.objects.filter(pk=drafted.pk).update(max_meetings=None)
    assert board(office, day=str(day.pk))["full"] == set()
    drafted.participations.filter(pk=row.buyer_id).update(max_meetings=has)
    found = board(office, day=str(day.pk))
    assert found["full"] == {row.buyer_id}
    assert (
        {slot.pk for slot in found["slots"]} & found["reserve"]
        == reserve_slots(drafted) & {slot.pk for slot in day.slots.all()}
        != set()
    )
    address = f"/fairs/{drafted.slug}/organise/schedule/board/"
    assert "Maximum reached" in office.client.get(address, {"day": str(day.pk)}).content.decode()
    # Of a pair that has no time, the page on which it may be given one says so too.
    page = f"{address}{row.pk}/"
    assert not office.client.get(page).context["is_full"]
    drafted.participations.filter(pk=row.buyer_id).update(max_meetings=has - 1)
    row.bookings.all().delete()
    row.starts_at, row.ends_at, row.interpreter, row.not_placed = None, None, None, "slots_taken"
    row.save()
    assert str(NOT_PLACED["ceiling"]) in office.client.get(page).content.decode()


def test_a_board_without_anything_says_what_to_do(fair: Fair, office: Office) -> None:
    assert "No meetings on this day" in office.get("board")
    fair.days.all().delete()
    assert "No meetings on this day" in office.get("board")


def test_every_possible_time_keeps_all_rules_and_every_other_one_breaks_one(drafted: Fair, office: Office) -> None:
    row = free_row(drafted)
    possible, others = (other_times(row, are_possible=value) for value in (True, False))
    assert possible and others
    for at in possible:
        office.post("board_move", row.pk, to=at.isoformat(), revision=str(row.revision))
        row = PlannedMeeting.objects.get(pk=row.pk)
        assert row.starts_at == at
        assert Rules(small_fair(), exported()).broken() == []
        booked = set(PlannedBooking.objects.filter(planned=row).values_list("starts_at", flat=True))
        assert booked == {at}
    for at in others:
        answer = office.post("board_move", row.pk, to=at.isoformat(), revision=str(row.revision))
        assert answer.status_code == 409
        assert answer.context["wanted"].hindrances
    PlannedMeeting.objects.filter(pk=row.pk).update(
        starts_at=others[0], ends_at=others[0] + (row.ends_at - row.starts_at)
    )
    assert Rules(small_fair(), exported()).broken() != []


def test_what_is_against_a_time_is_said_before_anything_is_saved(drafted: Fair, office: Office) -> None:
    row = free_row(drafted)
    at = other_times(row, are_possible=False)[0]
    page = office.client.get(f"/fairs/{drafted.slug}/organise/schedule/board/{row.pk}/", {"to": at.isoformat()})
    assert page.context["wanted"].slot.starts_at == at
    assert 'role="alert"' in page.content.decode()
    assert PlannedMeeting.objects.get(pk=row.pk).starts_at == row.starts_at


def test_the_second_of_two_people_is_told_and_sees_how_it_is_now(drafted: Fair, office: Office) -> None:
    row = free_row(drafted)
    first, second = other_times(row, are_possible=True)[:2]
    office.post("board_move", row.pk, to=first.isoformat(), revision=str(row.revision))
    answer = office.post("board_move", row.pk, to=second.isoformat(), revision=str(row.revision))
    assert answer.status_code == 409
    assert str(Refused("planned_changed").sentence) in answer.content.decode()
    assert answer.context["row"].starts_at == first


def test_two_meetings_are_not_moved_onto_each_other(drafted: Fair, office: Office) -> None:
    """Of two organisers the second is refused, though nobody has changed that meeting."""
    row = free_row(drafted)
    other = PlannedMeeting.objects.filter(not_placed="", exhibitor__desks=1, is_pinned=False).exclude(pk=row.pk)
    taken = set(other_times(row, are_possible=False))
    tried = [one.starts_at for one in other if one.starts_at in taken and row.buyer_id == one.buyer_id]
    answers = [office.post("board_move", row.pk, to=at.isoformat(), revision="0").status_code for at in tried]
    assert (bool(tried), set(answers)) == (True, {409})
    assert Rules(small_fair(), exported()).broken() == []


def test_a_locked_meeting_stays_also_in_a_new_draft(drafted: Fair, office: Office) -> None:
    row = free_row(drafted)
    at = other_times(row, are_possible=True)[-1]
    office.post("board_move", row.pk, to=at.isoformat(), revision="0")
    office.post("board_lock", row.pk, lock="on", revision="1")
    answer = office.post("board_move", row.pk, to=row.starts_at.isoformat(), revision="2")
    assert str(Refused("planned_locked").sentence) in answer.content.decode()
    make_draft(drafted, now=NOW)
    again = PlannedMeeting.objects.get(exhibitor=row.exhibitor, buyer=row.buyer)
    assert (again.starts_at, again.is_locked, again.is_pinned) == (at, True, False)
    assert Rules(small_fair(), exported()).broken() == []
    office.post("board_lock", again.pk, lock="off", revision="0")
    again.refresh_from_db()
    assert (again.is_locked, again.revision) == (False, 1)


def test_a_pair_without_a_time_is_given_one_by_hand(drafted: Fair, office: Office) -> None:
    row = free_row(drafted)
    at = row.starts_at
    row.bookings.all().delete()
    row.starts_at, row.ends_at, row.interpreter, row.not_placed = None, None, None, "slots_taken"
    row.save()
    office.post("board_move", row.pk, to=at.isoformat(), revision="0")
    row.refresh_from_db()
    assert (row.starts_at, row.not_placed) == (at, "")
    assert Rules(small_fair(), exported()).broken() == []


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 409),
        ({"to": "yesterday", "revision": "0"}, 409),
        ({"to": "2027-03-04T05:00:00", "revision": "0"}, 409),  # of no zone
        ({"to": "2027-99-04T05:00:00Z", "revision": "0"}, 409),
        ({"to": "2027-03-04T05:00:00Z", "revision": "-1"}, 409),
        ({"to": "2027-03-04T05:00:00Z", "revision": "9" * 30}, 409),
        ({"to": "2027-03-04T05:07:00Z", "revision": "0"}, 404),  # no slot begins then
    ],
)
def test_malformed_moves_are_refused(drafted: Fair, office: Office, fields: dict[str, str], status: int) -> None:
    row = free_row(drafted)
    assert office.post("board_move", row.pk, **fields).status_code == status
    assert PlannedMeeting.objects.get(pk=row.pk).revision == 0


def test_while_a_run_works_and_after_publishing_nothing_is_moved(drafted: Fair, office: Office) -> None:
    row = free_row(drafted)
    at = other_times(row, are_possible=True)[0]
    run = Run.objects.create(fair=drafted, user=office.person, started_at=NOW, heard_at=timezone.now())
    answer = office.post("board_move", row.pk, to=at.isoformat(), revision="0")
    assert str(Refused("schedule_running").sentence) in answer.content.decode()
    run.delete()
    publish_draft(drafted, now=timezone.now())
    assert office.post("board_move", row.pk, to=at.isoformat(), revision="0").status_code == 404
    assert ScheduleVersion.objects.get().state == "published"


def test_strangers_move_nothing(drafted: Fair) -> None:
    row = free_row(drafted)
    at = other_times(row, are_possible=True)[0]
    for role, refusal in (("interpreter", "not_found"), ("organiser", "")):
        person: Any = actor(make_role(drafted, role))
        try:
            move_planned(person, fair=drafted.pk, planned=row.pk, starts_at=at, revision=0, now=NOW)
            code = ""
        except Refused as refused:
            code = refused.code
        assert code == refusal
