"""The plan's 300 meetings in 40 slots: numbers for each company, nobody twice, interpreters within their rules."""

from collections import Counter, defaultdict
from itertools import permutations

from fairplatform.demo.plan.fair_plan import fair_plan

PLAN = fair_plan()
SLOTS = {slot.key: slot for slot in PLAN.slots}
FIRMS = {firm.key: firm for firm in PLAN.companies}
PEOPLE = {person.key: person for person in PLAN.people}
MANAGER, BUYER = "yongkang-bubujin-tools", "torange-hardware-traders"


def of(*firms):
    return [meeting for meeting in PLAN.meetings if set(firms) <= {meeting.buyer, meeting.exhibitor}]


def test_forty_slots_over_five_days():
    assert Counter(slot.start.day for slot in PLAN.slots) == {1: 6, 2: 9, 3: 9, 4: 7, 5: 9}
    times = [slot.start.at.isoformat("minutes") for slot in PLAN.slots if slot.start.day == 4]
    assert times == ["10:00", "10:30", "11:00", "11:30", "12:00", "14:30", "15:00"]
    assert [slot.key for slot in PLAN.slots if slot.late] == ["4-1500"]


def test_three_hundred_meetings_by_day():
    assert Counter(SLOTS[meeting.slot].start.day for meeting in PLAN.meetings) == {1: 46, 2: 68, 3: 70, 4: 50, 5: 66}
    assert len({(meeting.buyer, meeting.exhibitor) for meeting in PLAN.meetings}) == 300


def test_number_of_meetings_of_each_company():
    buyers = Counter(meeting.buyer for meeting in PLAN.meetings)
    exhibitors = Counter(meeting.exhibitor for meeting in PLAN.meetings)
    assert (len(buyers), min(buyers.values()), max(buyers.values())) == (60, 3, 8)
    assert (len(exhibitors), min(exhibitors.values()), max(exhibitors.values())) == (96, 2, 8)
    assert (300 / len(buyers), round(300 / len(exhibitors), 1)) == (5.0, 3.1)


def test_buyers_meet_exhibitors_of_goods_they_look_for():
    shown = defaultdict(set)
    for product in PLAN.products:
        shown[product.company].add(product.hs6[:4])
    assert [m for m in PLAN.meetings if not shown[m.exhibitor] & set(FIRMS[m.buyer].wants_hs)] == []


def test_nobody_is_in_two_meetings_of_one_slot():
    places = Counter(
        (meeting.slot, who)
        for meeting in PLAN.meetings
        for who in (meeting.buyer, meeting.exhibitor, meeting.interpreter, *meeting.people)
        if who
    )
    assert max(places.values()) == 1


def test_people_of_a_meeting_belong_to_its_two_companies():
    for meeting in PLAN.meetings:
        manager, lead, *colleagues = (PEOPLE[key] for key in meeting.people)
        assert (manager.role, manager.company) == ("exhibitor_manager", meeting.exhibitor)
        assert (lead.role, lead.company) == ("buyer_lead", meeting.buyer)
        assert {colleague.company for colleague in colleagues} <= {meeting.exhibitor}


def test_late_friday_slot_only_where_agreed():
    late = [meeting for meeting in PLAN.meetings if meeting.slot == "4-1500"]
    assert [FIRMS[meeting.exhibitor].late_friday for meeting in late] == [True] * 4


def test_six_in_ten_meetings_have_an_interpreter():
    assert sum(meeting.interpreter is not None for meeting in PLAN.meetings) == 181
    for meeting in PLAN.meetings:
        assert (meeting.language_pair is None) == (meeting.interpreter is None)
        if meeting.interpreter:
            assert PEOPLE[meeting.interpreter].interprets == (meeting.language_pair,)
            assert not PEOPLE[meeting.interpreter].on_call
        else:
            assert all("en" in PEOPLE[key].speaks for key in meeting.people)


def follows(one, other):
    """Whether a slot begins when the break after another ends: five minutes are too short for an interpreter."""
    minutes = [slot.start.at.hour * 60 + slot.start.at.minute for slot in (one, other)]
    return one.start.day == other.start.day and minutes[1] - minutes[0] == 30


def test_interpreters_have_breaks_and_at_most_240_minutes_a_day():
    taken = defaultdict(list)
    for meeting in PLAN.meetings:
        if meeting.interpreter:
            taken[meeting.interpreter].append(SLOTS[meeting.slot])
    for slots in taken.values():
        assert max(Counter(slot.start.day for slot in slots).values()) * 30 <= 240
        assert not any(follows(one, other) for one, other in permutations(slots, 2))


def test_state_at_the_opening():
    assert Counter(meeting.state for meeting in PLAN.meetings) == {
        "held": 132,
        "not_held": 13,
        "running": 8,
        "planned": 147,
    }
    due = [meeting for meeting in PLAN.meetings if meeting.state in {"held", "not_held"}]
    assert Counter(SLOTS[meeting.slot].start.day for meeting in due) == {1: 46, 2: 68, 3: 31}
    assert {meeting.slot for meeting in PLAN.meetings if meeting.state == "running"} == {"3-1200"}
    assert max(meeting.slot for meeting in due) < "3-1200" < min(m.slot for m in PLAN.meetings if m.state == "planned")


def test_why_thirteen_were_not_held():
    reasons = Counter(meeting.reason for meeting in PLAN.meetings if meeting.state == "not_held")
    assert reasons["buyer_absent"] + reasons["exhibitor_absent"] == 9
    assert (reasons["line_failed"], reasons["both_absent"], sum(reasons.values())) == (3, 1, 13)


def test_running_scenes():
    running = [meeting for meeting in PLAN.meetings if meeting.state == "running"]
    assert Counter(meeting.scene for meeting in running) == {
        "well": 4,
        "interpreter_missing": 1,
        "buyer_alone": 1,
        "sound_only": 1,
        "walk": 1,
    }
    (missing,) = (meeting for meeting in running if meeting.scene == "interpreter_missing")
    assert missing.interpreter is not None


def test_nobody_attends_the_personas_running_meeting():
    (walk,) = of(MANAGER, BUYER)
    assert (walk.scene, walk.language_pair) == ("walk", "zh-ur")
    assert [PEOPLE[key].persona for key in (*walk.people[:2], walk.interpreter)] == [
        "exhibitor",
        "buyer",
        "interpreter",
    ]
    assert [row for row in PLAN.attendances if row.meeting == walk.key] == []


def test_meetings_of_the_personas_companies_by_day_and_state():
    for firm in (MANAGER, BUYER):
        meetings = of(firm)
        assert Counter((SLOTS[m.slot].start.day, m.state) for m in meetings) == {
            (1, "held"): 1,
            (2, "held"): 2,
            (3, "held"): 1,
            (3, "running"): 1,
            (3, "planned"): 1,
            (4, "planned"): 1,
            (5, "planned"): 1,
        }


def test_meetings_of_the_persona_interpreter_by_day_and_state():
    own = [m for m in PLAN.meetings if m.interpreter and PEOPLE[m.interpreter].persona == "interpreter"]
    days = Counter((SLOTS[m.slot].start.day, m.state) for m in own)
    assert days[2, "held"] == 3
    assert (days[3, "running"], days[3, "planned"], days[4, "planned"]) == (1, 1, 2)


def test_one_meeting_was_moved_from_a_slot_in_which_both_are_free():
    (moved,) = (meeting for meeting in PLAN.meetings if meeting.moved_from)
    assert (moved.exhibitor, moved.state) == (MANAGER, "planned")
    assert moved.moved_from not in {m.slot for firm in (moved.buyer, moved.exhibitor) for m in of(firm)}


def test_attendances_of_held_meetings_make_them_held():
    rows = defaultdict(list)
    for row in PLAN.attendances:
        rows[row.meeting].append(row)
    for meeting in PLAN.meetings:
        sides = {row.side: row for row in rows[meeting.key]}
        if meeting.state == "held":
            both = (sides["exhibitor"], sides["buyer"])
            assert min(row.left for row in both) - max(row.connected for row in both) >= 60
            assert ("interpreter" in sides) == (meeting.interpreter is not None)
            assert all(row.entered <= row.connected < row.left < 1500 for row in rows[meeting.key])
        if meeting.state == "not_held":
            assert {row.connected for row in rows[meeting.key]} <= {None}
        if meeting.state == "planned":
            assert rows[meeting.key] == []


def test_attendances_of_failed_meetings_fit_the_reason():
    came = {
        meeting.key: (meeting.reason, {r.side for r in PLAN.attendances if r.meeting == meeting.key} - {"interpreter"})
        for meeting in PLAN.meetings
        if meeting.state == "not_held"
    }
    expected = {
        "buyer_absent": {"exhibitor"},
        "exhibitor_absent": {"buyer"},
        "both_absent": set(),
        "line_failed": {"exhibitor", "buyer"},
    }
    assert [sides for _, sides in came.values()] == [expected[reason] for reason, _ in came.values()]


def test_attendances_of_running_meetings_fit_the_scene():
    for meeting in (meeting for meeting in PLAN.meetings if meeting.state == "running"):
        rows = [row for row in PLAN.attendances if row.meeting == meeting.key]
        if meeting.scene == "buyer_alone":
            assert [(row.side, row.entered, row.connected, row.left) for row in rows] == [("buyer", 0, None, None)]
        if meeting.scene == "interpreter_missing":
            assert [row.left for row in rows if row.side == "interpreter"] == [180]
            assert {row.left for row in rows if row.side != "interpreter"} == {None}
        if meeting.scene in {"well", "sound_only"}:
            assert {row.left for row in rows} == {None}
            assert {row.side for row in rows} >= {"exhibitor", "buyer"}
        assert {row.media for row in rows} <= {"sound" if meeting.scene == "sound_only" else "video"}
