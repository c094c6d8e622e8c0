"""Messages with a person's meetings, and the link and code by which that person enters from WeChat or WhatsApp."""

from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from fairplatform.accounts.models import AuditEntry, PersonalLink, Staff, User
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit, Registration, RoleAssignment
from tests.factories import NOW, make_fair, make_role, make_staff, three
from tests.meetings.buyer_day import START, BuyerDay
from tests.office.links.handing_out import entered, registered, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(START, tick=False):
        yield


@pytest.fixture
def day() -> BuyerDay:
    """A buyer, whose manager reads Chinese, with two meetings; everybody is registered."""
    day = BuyerDay()
    User.objects.filter(pk=day.purchaser.pk).update(language="zh-hans")
    for slot, interpreter in ((day.slots[0], make_role(day.fair, "interpreter")), (day.slots[4], None)):
        day.meet(slot, interpreter)
    for user in User.objects.all():
        registered(day.fair, user)
    return day


@pytest.fixture
def client(day: BuyerDay) -> Client:
    return signed_in(make_role(day.fair, "organiser"))


def address(day: BuyerDay) -> str:
    return f"/fairs/{day.fair.slug}/organise/links/meetings/"


def shown(client: Client, of: BuyerDay, **query: Any) -> dict[int, str]:
    """By the key of the person."""
    return {row[0].pk: row[1] for row in client.get(address(of), query).context["rows"]}


def issue(client: Client, day: BuyerDay, query: str) -> None:
    answer = client.post(f"{address(day)}issue/", {"filtered": query})
    assert answer.headers["Location"] == (f"{address(day)}?{query}" if query else address(day))


def test_a_message_has_the_persons_meetings_in_their_language_and_times(day: BuyerDay, client: Client) -> None:
    first, second = (one.exhibitor.company.name["zh-hans"] for one in day.fair.meetings.order_by("slot__number"))
    assert shown(client, day)[day.purchaser.pk].splitlines() == [
        day.fair.name["zh-hans"],
        "",
        "5月14日（周四） · 巴基斯坦时间 (北京时间)",
        f"10:00 (13:00) {first}",
        f"12:00 (15:00) {second}",
        "",
        "您的日程：",
        f"{settings.PUBLIC_URL}/fairs/{day.fair.slug}/day/",
    ]


def test_messages_are_of_a_day_a_unit_a_company_or_a_meeting(day: BuyerDay, client: Client) -> None:
    first, second = day.fair.meetings.order_by("slot__number")
    unit = RecruitingUnit.objects.create(fair=day.fair, name=three("A"), country="PK")
    type(day.buyer).objects.filter(pk=day.buyer.pk).update(unit=unit)
    colleague = make_staff(day.buyer, is_manager=False)  # named for no meeting
    registered(day.fair, colleague)
    interpreter = User.objects.get(roles__role="interpreter")
    sellers = set(User.objects.filter(pk__in=[one.pk for one in day.sellers.values()]).values_list("pk", flat=True))
    everybody = {day.purchaser.pk, interpreter.pk, *sellers}
    assert set(shown(client, day)) == set(shown(client, day, day=1)) == everybody
    assert set(shown(client, day, unit=unit.pk)) == set(shown(client, day, company=day.buyer.pk)) == {day.purchaser.pk}
    assert set(shown(client, day, meeting=second.pk)) == {day.purchaser.pk, day.sellers[second.pk].pk}
    assert set(shown(client, day, meeting=first.pk)) == {
        day.purchaser.pk, day.sellers[first.pk].pk, interpreter.pk,
    }  # fmt: skip
    # Whoever was meant by what there is not, it was not everybody.
    assert (shown(client, day, unit=unit.pk + 1), shown(client, day, day=7)) == ({}, {})


def test_the_link_and_code_in_a_message_let_its_person_in(day: BuyerDay, client: Client) -> None:
    earlier = PersonalLink.issue(day.purchaser, now=timezone.now())
    issue(client, day, f"company={day.buyer.pk}")
    *_list, link, code, _until, _keep = shown(client, day, company=day.buyer.pk)[day.purchaser.pk].splitlines()
    assert entered(link, code.removeprefix("入场码：")) == day.purchaser
    assert entered(f"/accounts/enter/{earlier.secret}/", earlier.code).is_anonymous
    # Of the others no link was made; the same browser sees the code wherever this person has a message.
    assert list(PersonalLink.objects.values_list("user", flat=True)) == [day.purchaser.pk]
    assert link in shown(client, day)[day.purchaser.pk]
    row = Registration.objects.get(user=day.purchaser)
    assert AuditEntry.objects.get().after == {"links": "messages", "registrations": [row.pk]}


def test_a_link_that_has_ended_or_that_another_made_is_not_shown(day: BuyerDay, client: Client) -> None:
    issue(client, day, "")
    other = signed_in(make_role(day.fair, "organiser"))
    [[link]] = [[line for line in shown(client, day)[day.purchaser.pk].splitlines() if "/enter/" in line]]
    assert "/enter/" not in "".join(shown(other, day).values())
    PersonalLink.issue(day.purchaser, now=NOW)
    assert link not in shown(client, day)[day.purchaser.pk]


def test_nobody_is_given_a_link_by_a_filter_that_finds_nobody(day: BuyerDay, client: Client) -> None:
    issue(client, day, "unit=999")
    assert not PersonalLink.objects.exists()


def linked() -> set[int]:
    """The keys of the people for whom there is a link."""
    return set(PersonalLink.objects.values_list("user", flat=True))


def test_a_delegate_has_the_messages_of_their_units_companies_with_link_and_code(day: BuyerDay) -> None:
    unit = RecruitingUnit.objects.create(fair=day.fair, name=three("A"), country="PK")
    Participation.objects.filter(pk=day.buyer.pk).update(unit=unit)
    delegate = signed_in(make_role(day.fair, "delegated", unit=unit))
    first, second = day.fair.meetings.order_by("slot__number")
    own = {day.purchaser.pk}
    for query in ({}, {"day": 1}, {"unit": unit.pk}, {"company": day.buyer.pk}, {"meeting": second.pk}):
        assert set(shown(delegate, day, **query)) == own
    assert shown(delegate, day, company=first.exhibitor_id) == {}
    issue(delegate, day, "")
    *_list, link, code, _until, _keep = shown(delegate, day)[day.purchaser.pk].splitlines()
    assert entered(link, code.removeprefix("入场码：")) == day.purchaser
    assert (linked(), AuditEntry.objects.get().after["links"]) == (own, "messages")
    html = delegate.get(f"/fairs/{day.fair.slug}/units/{unit.pk}/schedule/").content.decode()
    assert [f"{address(day)}?{query}" in html for query in (f"unit={unit.pk}", f"company={day.buyer.pk}",
                                                            f"meeting={second.pk}")] == [True] * 3  # fmt: skip


def organises(day: BuyerDay) -> None:
    RoleAssignment.objects.create(fair=day.fair, user=day.purchaser, role="organiser")


def works_for_another(day: BuyerDay) -> None:
    seller = next(iter(day.fair.meetings.all())).exhibitor
    Staff.objects.create(company=seller.company, user=day.purchaser)


def is_in_another_fair(day: BuyerDay) -> None:
    Participation.objects.create(fair=make_fair(), company=day.buyer.company, buys=True, state="approved")


def has_come_in(day: BuyerDay) -> None:
    User.objects.filter(pk=day.purchaser.pk).update(email="one@example.com", last_login=timezone.now())


def test_whoever_has_come_in_without_an_address_gets_another_link(day: BuyerDay) -> None:
    unit = RecruitingUnit.objects.create(fair=day.fair, name=three("A"), country="PK")
    Participation.objects.filter(pk=day.buyer.pk).update(unit=unit)
    has_come_in(day)
    User.objects.filter(pk=day.purchaser.pk).update(email=None)
    issue(signed_in(make_role(day.fair, "delegated", unit=unit)), day, "")
    assert linked() == {day.purchaser.pk}
    assert AuditEntry.objects.get().permission == "meetings.message"


@pytest.mark.parametrize("change", [organises, works_for_another, is_in_another_fair, has_come_in])
def test_a_delegate_gets_no_link_that_opens_more_than_what_is_of_their_unit(day: BuyerDay, change: Any) -> None:
    unit = RecruitingUnit.objects.create(fair=day.fair, name=three("A"), country="PK")
    Participation.objects.filter(pk=day.buyer.pk).update(unit=unit)
    change(day)
    issue(signed_in(make_role(day.fair, "delegated", unit=unit)), day, "")
    assert linked() == set()


def test_in_a_draft_a_delegate_has_no_messages(day: BuyerDay, client: Client) -> None:
    unit = RecruitingUnit.objects.create(fair=day.fair, name=three("A"), country="PK")
    Participation.objects.filter(pk=day.buyer.pk).update(unit=unit)
    Fair.objects.filter(pk=day.fair.pk).update(state="draft")
    assert signed_in(make_role(day.fair, "delegated", unit=unit)).get(address(day)).status_code == 404
    assert day.purchaser.pk in shown(client, day)
