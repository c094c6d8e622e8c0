"""Absences: who may enter whose, on whose clock, what is offered then, and which meetings they fall on."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.http import QueryDict

from fairplatform.accounts.models import AuditEntry, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Absence
from fairplatform.notices.models import Notice
from meetings.absences.actions import add_absence, remove_absence
from meetings.absences.owners import owners
from meetings.absences.queries import absences_of
from meetings.schedule.availability import Availability
from meetings.schedule.slot_choices import slot_choices
from tests.factories import actor, make_exhibitor, make_fair, make_role, make_staff
from tests.meetings.buyer_day import LANGUAGES, START, BuyerDay, get_page, post


@pytest.fixture
def day(db: None) -> BuyerDay:
    return BuyerDay()


TODAY = START.date()


def values(who: str, begins: str = "", ends: str = "", on: date = TODAY) -> QueryDict:
    form = QueryDict(mutable=True)
    form.update({"who": who, "date": str(on), "from_time": begins, "until_time": ends})
    return form


def enter(day: BuyerDay, by: User, who: str, *rest: Any, **more: Any) -> Any:
    return add_absence(actor(by), fair=day.fair.pk, data=values(who, *rest), now=START, **more)


def choices(day: BuyerDay, by: User, **more: Any) -> list[str]:
    return [one.key for one in owners(User.objects.get(pk=by.pk), day.fair, **more)]


def test_each_may_enter_their_own_and_organisers_everybodys(day: BuyerDay) -> None:
    clerk = make_staff(day.buyer, is_manager=False, password=None)
    interpreter, organiser = make_role(day.fair, "interpreter"), make_role(day.fair, "organiser")
    make_exhibitor(day.fair)
    company, people = f"company-{day.buyer.pk}", [f"person-{one.pk}" for one in (day.purchaser, clerk)]
    assert choices(day, day.purchaser) == [company, *people]
    assert choices(day, clerk) == [f"person-{clerk.pk}"]
    assert choices(day, interpreter) == [f"person-{interpreter.pk}"]
    assert choices(day, organiser) == [f"person-{interpreter.pk}"]
    assert choices(day, organiser, company=day.buyer.pk) == [company, *people, f"person-{interpreter.pk}"]
    assert choices(day, day.purchaser, company=make_exhibitor(day.fair).pk) == [company, *people]
    assert choices(day, make_role(make_fair(), "organiser"), company=day.buyer.pk) == []
    # What there is already an organiser sees without asking for the company.
    enter(day, clerk, f"person-{clerk.pk}")
    assert choices(day, organiser) == [company, *people, f"person-{interpreter.pk}"]


@pytest.mark.parametrize(
    ("country", "zone", "instant"),
    [
        ("PK", "", datetime(2020, 5, 14, 6, 0, tzinfo=UTC)),  # 11:00
        ("CN", "", datetime(2020, 5, 14, 3, 0, tzinfo=UTC)),
        ("AE", "", datetime(2020, 5, 14, 7, 0, tzinfo=UTC)),
        ("DE", "Europe/Berlin", datetime(2020, 5, 14, 9, 0, tzinfo=UTC)),
    ],
)
def test_times_are_on_the_clock_of_whoever_is_absent(day: BuyerDay, country: str, zone: str, instant: datetime) -> None:
    person = make_role(day.fair, "interpreter")
    User.objects.filter(pk=person.pk).update(country=country, zone=zone)
    form, _hit = enter(day, person, f"person-{person.pk}", "11:00", "12:00")
    assert form.errors == {}
    [shown] = absences_of(day.fair, owners(User.objects.get(pk=person.pk), day.fair), START)
    assert shown.times == (instant, instant + timedelta(hours=1))
    # It stays at that time when the person moves to another zone.
    User.objects.filter(pk=person.pk).update(country="US", zone="America/New_York")
    [shown] = absences_of(day.fair, owners(User.objects.get(pk=person.pk), day.fair), START)
    assert shown.times[0] == instant


def test_what_is_absent_is_not_offered_from_then_on(day: BuyerDay) -> None:
    exhibitor = make_exhibitor(day.fair)
    seller = make_staff(exhibitor, password=None)

    def offered() -> list[int]:
        found = slot_choices(day.fair, exhibitor, day.buyer, after=START - timedelta(hours=1)).slots
        return [slot.number for slot in found]

    assert offered() == [1, 2, 3, 4, 5, 6, 8, 9]
    enter(day, day.purchaser, f"company-{day.buyer.pk}", "10:30", "11:00")  # its second slot, in Pakistan
    assert offered() == [1, 3, 4, 5, 6, 8, 9]
    enter(day, seller, f"person-{seller.pk}", "14:10", "14:40")  # its third and fourth, in China
    assert offered() == [1, 5, 6, 8, 9]
    remove_absence(actor(day.purchaser), fair=day.fair.pk, absence=Absence.objects.get(participation=day.buyer).pk)
    assert offered() == [1, 2, 5, 6, 8, 9]
    enter(day, seller, f"company-{exhibitor.pk}")
    assert offered() == []


def test_one_over_meetings_is_accepted_and_organisers_are_told(day: BuyerDay) -> None:
    organiser = make_role(day.fair, "organiser")
    other = make_exhibitor(make_fair())
    make_role(other.fair, "organiser")
    hit, running, free = day.meet(day.slots[4]), day.meet(day.slots[0]), day.meet(day.slots[7])
    cancelled = day.meet(day.slots[5], state="cancelled")
    form, meetings = enter(day, day.purchaser, f"company-{day.buyer.pk}", "10:00", "13:00")
    assert (form.errors, meetings) == ({}, [hit])
    assert list(Notice.objects.values_list("recipient", "code")) == [(organiser.pk, "absence_over_meetings")]
    notice = Notice.objects.get()
    assert (notice.parameters["number"], notice.parameters["at"]) == (1, hit.starts_at.isoformat())
    assert notice.path == f"{day.url('absences')}?company={day.buyer.pk}"
    for meeting in (hit, running, free, cancelled):
        state = meeting.state
        meeting.refresh_from_db()
        assert meeting.state in (state, "cancelled")
    assert not Availability(day.fair, (hit.exhibitor, day.buyer)).is_working_time(day.slots[4])


def test_a_persons_absence_falls_on_the_meetings_they_are_named_for(day: BuyerDay) -> None:
    interpreter, organiser = make_role(day.fair, "interpreter"), make_role(day.fair, "organiser")
    mine = day.meet(day.slots[4], interpreter)
    day.meet(day.slots[5])
    _form, meetings = enter(day, interpreter, f"person-{interpreter.pk}")
    assert meetings == [mine]
    assert Notice.objects.get().recipient == organiser


def test_who_enters_it_for_others_is_in_the_audit_log(day: BuyerDay) -> None:
    organiser = make_role(day.fair, "organiser")
    enter(day, day.purchaser, f"person-{day.purchaser.pk}", "10:00", "11:00")
    assert not AuditEntry.objects.exists()
    enter(day, organiser, f"company-{day.buyer.pk}", "10:00", "11:00", company=day.buyer.pk)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.permission, entry.after["company"]) == (organiser, "absences.keep", day.buyer.pk)


@pytest.mark.parametrize(
    ("rest", "field", "said"),
    [
        (("11:00", ""), "until_time", "Enter both times, or neither for the whole day."),
        (("11:00", "11:00"), "until_time", "The end must be after the start. Over midnight, enter two absences."),
        (("", "", date(2030, 1, 1)), "date", "The fair is not on at this date."),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(day: BuyerDay, rest: Any, field: str, said: str) -> None:
    form, _hit = enter(day, day.purchaser, f"company-{day.buyer.pk}", *rest)
    assert form.errors == {field: [said]}
    assert not Absence.objects.exists()


def test_a_time_that_the_clock_leaves_out_does_not_exist(day: BuyerDay) -> None:
    User.objects.filter(pk=day.purchaser.pk).update(zone="Europe/Berlin")
    on = date(2020, 3, 29)
    day.fair.days.update(date=on)
    form, _hit = enter(day, day.purchaser, f"person-{day.purchaser.pk}", "02:30", "04:00", on)
    assert list(form.errors) == ["from_time"]


def test_the_same_twice_is_said_to_be_there_already(day: BuyerDay) -> None:
    company = f"company-{day.buyer.pk}"
    enter(day, day.purchaser, company, "10:00", "11:00")
    form, _hit = enter(day, day.purchaser, company, "10:00", "11:00")
    assert form.non_field_errors() == ["This absence has been entered already."]
    assert Absence.objects.count() == 1


def test_nobody_removes_what_is_not_theirs(day: BuyerDay) -> None:
    row = Absence.objects.create(fair=day.fair, participation=day.buyer, date=START.date())
    foreign = make_role(make_fair(), "organiser")
    clerk, rival = make_staff(day.buyer, is_manager=False), make_staff(make_exhibitor(day.fair))
    for person, code in ((clerk, "not_found"), (rival, "not_found"), (foreign, "not_permitted")):
        with pytest.raises(Refused) as refused:
            remove_absence(actor(person), fair=day.fair.pk, absence=row.pk)
        assert refused.value.code == code
    remove_absence(actor(make_role(day.fair, "organiser")), fair=day.fair.pk, absence=row.pk)
    assert not Absence.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_both_times_and_what_is_hit(day: BuyerDay, language: str) -> None:
    meeting = day.meet(day.slots[4])
    Absence.objects.create(
        fair=day.fair, participation=day.buyer, date=START.date(), from_time=time(12), until_time=time(12, 30)
    )
    html = get_page(day.purchaser, day.url("absences"), now=START, language=language)
    assert meeting.get_absolute_url() in html
    clocks = {"ur": ("دوپہر 12:00 بجے", "سہ پہر 3:00 بجے")}.get(language, ("12:00", "15:00"))
    for clock in clocks:
        assert f">{clock}</time>" in html


def test_the_page_stores_and_says_what_it_falls_on(day: BuyerDay) -> None:
    day.meet(day.slots[4])
    fields = values(f"company-{day.buyer.pk}", "12:00", "13:00").dict()
    assert post(day.purchaser, day.url("absences"), fields, now=START)["Location"] == day.url("absences")
    row = Absence.objects.get()
    assert (row.zone, row.from_time, row.until_time) == ("Asia/Karachi", time(12), time(13))
    assert post(day.purchaser, day.url("absences"), fields | {"date": "x"}, now=START).status_code == 409
    assert post(day.purchaser, day.url("absence_remove", row.pk), {}, now=START).status_code == 302
    assert not Absence.objects.exists()
