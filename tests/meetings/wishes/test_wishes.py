"""A company's managers say whom it must, would like to or does not want to meet; nobody else ever learns of it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fairplatform.accounts.models import AuditEntry, User
from fairplatform.fairs.models import Absence, Fair, Participation, Preference
from fairplatform.office.matchmaking.actions import say_wish
from meetings.models import PlannedMeeting, ScheduleVersion
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_fair, make_role, make_slots, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.either]


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def seller(fair: Fair) -> Participation:
    return make_exhibitor(fair)


@pytest.fixture
def buyer(fair: Fair) -> Participation:
    return make_buyer(fair)


def say(person: User, other: Participation, wish: str, **more: Any) -> Any:
    client = Client()
    client.force_login(person)
    return client.post(f"/fairs/{other.fair.slug}/companies/{other.pk}/wish/", {"wish": wish, **more})


def page(person: User, fair: Fair) -> str:
    client = Client()
    client.force_login(person)
    return client.get(f"/fairs/{fair.slug}/wishes/").content.decode()


def test_a_manager_says_changes_and_takes_back_a_wish(fair: Fair, seller: Participation, buyer: Participation) -> None:
    manager = make_staff(buyer)
    for wish in ("would", "must", "must"):
        assert say(manager, seller, wish).status_code == 302
        row = Preference.objects.get()
        assert (row.participation, row.wanted, row.wish, row.said_by) == (buyer, seller, wish, manager)
    assert [text in page(manager, fair) for text in (seller.company.name["en"], "must meet")] == [True, True]
    say(manager, seller, "")
    assert Preference.objects.count() == 0
    assert [(entry.before, entry.after) for entry in AuditEntry.objects.order_by("pk")] == [
        (None, {"wish": "would"}), ({"wish": "would"}, {"wish": "must"}), ({"wish": "must"}, None),
    ]  # fmt: skip


def test_a_no_of_the_organisers_is_lifted_by_them_alone(buyer: Participation, seller: Participation) -> None:
    manager = make_staff(buyer)
    say_wish(
        actor(make_role(buyer.fair, "organiser")), fair=buyer.fair_id, company=buyer.pk, wanted=seller.pk, wish="no"
    )
    for wish in ("would", "must", ""):
        answer = say(manager, seller, wish)
        assert (answer.status_code, "Ask them to change it." in answer.content.decode()) == (409, True)
        assert Preference.objects.get().is_prohibition
    say_wish(actor(make_role(buyer.fair, "organiser")), fair=buyer.fair_id, company=buyer.pk, wanted=seller.pk, wish="")
    assert say(manager, seller, "must").status_code == 302
    # What the other company thinks of it is no prohibition.
    say(make_staff(seller), buyer, "no")
    assert say(manager, seller, "would").status_code == 302


def test_an_exhibitor_says_it_about_a_buyer(seller: Participation, buyer: Participation) -> None:
    assert say(make_staff(seller), buyer, "must").status_code == 302
    assert Preference.objects.get().participation == seller


def test_staff_who_manage_nothing_neither_see_nor_say_a_wish(
    fair: Fair, seller: Participation, buyer: Participation
) -> None:
    Preference.objects.create(fair=fair, participation=buyer, wanted=seller, wish="no")
    clerk = make_staff(buyer, is_manager=False)
    assert say(clerk, seller, "must").status_code == 403
    shown = page(clerk, fair)
    assert ("For managers of a company" in shown, seller.company.name["en"] in shown) == (True, False)
    assert Preference.objects.get().wish == "no"


def test_a_no_is_neither_told_to_the_other_nor_changes_what_it_is_answered(
    fair: Fair, seller: Participation, buyer: Participation
) -> None:
    indifferent = make_exhibitor(fair)
    manager = make_staff(buyer)
    Preference.objects.create(fair=fair, participation=seller, wanted=buyer, wish="no")
    answers = [say(manager, one, "must") for one in (seller, indifferent)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, f"/fairs/{fair.slug}/wishes/")
    ] * 2
    shown = page(manager, fair)
    assert ("does not want to meet" in shown, shown.count("must meet")) == (False, 2)
    assert Preference.objects.filter(participation=buyer, wish="must").count() == 2


def test_only_companies_that_could_meet_and_of_this_fair(fair: Fair, buyer: Participation) -> None:
    manager = make_staff(buyer)
    assert say(manager, make_buyer(fair), "must").status_code == 403
    assert say(manager, buyer, "must").status_code == 403
    assert say(manager, make_exhibitor(make_fair(state="draft")), "must").status_code == 404
    assert say(make_staff(make_buyer(make_fair())), make_exhibitor(fair), "must").status_code == 403
    assert Preference.objects.count() == 0


def test_nobody_says_it_for_a_company_that_they_do_not_manage(
    seller: Participation, buyer: Participation, fair: Fair
) -> None:
    other = make_buyer(fair)
    assert say(make_staff(buyer), seller, "must", company=other.pk).status_code == 409
    assert Preference.objects.count() == 0


def test_a_closed_fair_takes_no_wishes(fair: Fair, seller: Participation, buyer: Participation) -> None:
    manager = make_staff(buyer)
    Fair.objects.filter(pk=fair.pk).update(state="closed")
    assert say(manager, seller, "must").status_code == 409
    assert Preference.objects.count() == 0


def test_the_way_to_a_wish_is_shown_to_managers(seller: Participation, buyer: Participation) -> None:
    link = f"/fairs/{seller.fair.slug}/companies/{seller.pk}/wish/"
    found = []
    for person in (make_staff(buyer), make_staff(buyer, is_manager=False), make_staff(seller)):
        client = Client()
        client.force_login(person)
        found.append(link in client.get(f"/fairs/{seller.fair.slug}/booths/{seller.booth.slug}/").content.decode())
    assert found == [True, False, False]


def test_of_a_wish_that_found_no_time_the_company_reads_why_once_the_schedule_is_published(
    fair: Fair, seller: Participation, buyer: Participation
) -> None:
    manager, refusing, unwanted = make_staff(buyer), make_exhibitor(fair), make_exhibitor(fair)
    for other, wish in ((seller, "must"), (refusing, "would"), (unwanted, "no")):
        Preference.objects.create(fair=fair, participation=buyer, wanted=other, wish=wish)
    Preference.objects.create(fair=fair, participation=refusing, wanted=buyer, wish="no")
    make_slots(fair, number=2)
    Absence.objects.create(fair=fair, participation=seller, date=NOW.date())
    version = ScheduleVersion.objects.create(
        fair=fair, number=1, status="optimal", most=0, breaks=0, bound=0, made_at=timezone.now()
    )
    for other, code in ((seller, "no_common_slot"), (refusing, "not_allowed")):
        PlannedMeeting.objects.create(version=version, exhibitor=other, buyer=buyer, not_placed=code)
    assert unplanned(manager, fair) == []
    ScheduleVersion.objects.update(state="published", published_at=timezone.now())
    own = "No meeting is planned: the two of you share no free time."
    generic = (
        "No meeting is planned. Ask the organisers if you would still like one. The two of you share 2 free times."
    )
    assert unplanned(manager, fair) == [(seller, own), (refusing, generic)]
    # It says the same where matching found others who suit better: nothing tells of the other's no.
    PlannedMeeting.objects.filter(exhibitor=refusing).delete()
    assert unplanned(manager, fair) == [(seller, own), (refusing, generic)]
    assert [words in page(manager, fair) for words in (own, generic)] == [True, True]


def unplanned(person: User, fair: Fair) -> list[tuple[Participation, str]]:
    """In the order in which they came into the fair."""
    client = Client()
    client.force_login(person)
    wishes = client.get(f"/fairs/{fair.slug}/wishes/").context["wishes"]
    return sorted(((row.wanted, words) for row, words in wishes if words), key=lambda one: one[0].pk)
