"""What a company reads of those who suit it and whom it does not meet: figures for itself, never of others' wishes."""

import pytest
from django.test import Client
from django.utils import timezone

from fairplatform.fairs.models import Absence, Participation, Preference
from meetings.matching.unmet import Prospects, prospects_of
from meetings.models import ScheduleVersion
from tests.factories import NOW
from tests.meetings.changes.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.either]


class Case(Market):
    """A seller of 8203, and six buyers of it: it meets one, four are away, and with the last it shares all times."""

    def __init__(self) -> None:
        super().__init__()
        self.seller_ = self.seller()
        self.interpreter()
        self.buyers = [self.buyer() for _number in range(6)]
        self.buyer("8481")
        for away in self.buyers[:4]:
            Absence.objects.create(fair=self.fair, participation=away, date=NOW.date())
        self.meet(self.seller_, self.buyers[4], self.slots[1])
        self.published = ScheduleVersion.objects.create(
            fair=self.fair, number=1, state="published", published_at=NOW, status="optimal", most=1, breaks=0, bound=0,
            made_at=NOW,
        )  # fmt: skip

    def read(self, company: Participation | None = None) -> Prospects:
        found = prospects_of(company or self.seller_, NOW)
        assert found is not None
        return found


@pytest.fixture
def case() -> Case:
    return Case()


def test_how_many_share_no_time_is_counted_by_heading(case: Case) -> None:
    found = case.read()
    assert (found.meetings, found.most, found.times) == (1, None, 6)
    assert found.own == ["Your meetings: 1. Times of the fair at which you can meet: 6."]
    [one] = found.unmet
    assert (one.heading, one.suiting, one.without_hours, one.without_language, one.others) == ("8203", 6, 4, 0, 1)
    assert one.sentences == [
        "4 of 6 buyers of 8203 share no free time with you.",
        "With 1 of 6 buyers of 8203 you share free times, but no meeting is planned. Request one, or ask the "
        "organisers.",
    ]


def test_a_buyer_reads_of_exhibitors(case: Case) -> None:
    [away] = case.read(case.buyers[0]).unmet
    assert away.sentences == ["1 of 1 exhibitors of 8203 shares no free time with you."]
    assert case.read(case.buyers[4]).unmet == ()


def test_without_an_interpreter_it_is_said_that_nobody_speaks_both(case: Case) -> None:
    case.fair.roles.filter(role="interpreter").delete()
    [one] = case.read().unmet
    assert (one.without_hours, one.without_language, one.others) == (4, 1, 0)
    assert one.sentences[1] == (
        "1 of 6 buyers of 8203 shares no language with you, and no interpreter of the fair has both."
    )


def test_neither_a_no_nor_the_meetings_of_others_change_what_it_reads(case: Case) -> None:
    before, last = case.read(), case.buyers[5]
    Preference.objects.create(fair=case.fair, participation=last, wanted=case.seller_, wish="no")
    Preference.objects.create(fair=case.fair, participation=case.buyers[0], wanted=case.seller_, wish="must")
    for slot in case.slots:
        case.meet(case.seller(), last, slot)
    assert case.read() == before


def test_who_has_as_many_meetings_as_it_may_reads_so(case: Case) -> None:
    Participation.objects.filter(pk=case.seller_.pk).update(max_meetings=1)
    assert case.read(Participation.objects.get(pk=case.seller_.pk)).own[1:] == [
        "Your company has as many meetings as it may have in this fair. Ask the organisers if you need more."
    ]


def test_its_own_pages_say_it_once_the_schedule_is_published(case: Case) -> None:
    words = "4 of 6 buyers of 8203 share no free time with you."
    client, fair = Client(), f"/fairs/{case.fair.slug}/"
    client.force_login(case.people[case.seller_.pk])
    pages = (f"{fair}wishes/", f"{fair}slips/{case.seller_.pk}/")
    assert [words in client.get(page).content.decode() for page in pages] == [True, True]
    case.published.delete()
    ScheduleVersion.objects.create(
        fair=case.fair, number=1, status="optimal", most=1, breaks=0, bound=0, made_at=timezone.now()
    )
    assert [words in client.get(page).content.decode() for page in pages] == [False, False]
