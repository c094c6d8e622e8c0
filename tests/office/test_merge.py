"""Suspected doubles, and two companies made one: nothing of the other is lost, and nothing is done by half."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from booths.actions import open_inquiry
from booths.models import (
    Attachment,
    Booth,
    Demand,
    Display,
    Draft,
    Favourite,
    Inquiry,
    NotInterested,
    Product,
    Quote,
    Visit,
)
from chat.models import Conversation
from fairplatform.accounts.models import AuditEntry, Company, CompanyIdentifier, Staff, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import (
    CompanyRole,
    Fair,
    Invitation,
    Participation,
    Preference,
    Registration,
    Slot,
    SoleAgency,
)
from fairplatform.ledger.chain import Addition, append, verify
from fairplatform.ledger.content import Content, Name
from fairplatform.office.companies.doubles import plain_name, suspected
from fairplatform.office.companies.merging import merge
from meetings.models import (
    Booking,
    Match,
    MatchedPair,
    Meeting,
    MeetingRequest,
    Pair,
    PlannedMeeting,
    Satisfaction,
    ScheduleVersion,
)
from meetings.models.booking import desk
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import (
    NOW,
    actor,
    make_attachment,
    make_buyer,
    make_demand,
    make_exhibitor,
    make_fair,
    make_person,
    make_product,
    make_quote,
    make_role,
    make_slots,
    make_staff,
)
from tests.meetings.cases import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.office.companies.merging")]


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def named(participation: Participation, **names: str) -> Participation:
    participation.company.name = names
    participation.company.save()
    return participation


def identified(participation: Participation, value: str, scheme: str = "registration") -> Participation:
    CompanyIdentifier.objects.create(company=participation.company, scheme=scheme, value=value)
    return participation


def meet(exhibitor: Participation, buyer: Participation, slot: Slot) -> Meeting:
    parties = [(make_staff(exhibitor), Side.EXHIBITOR), (make_staff(buyer), Side.BUYER)]
    return schedule_meeting(
        fair=exhibitor.fair, exhibitor=exhibitor, buyer=buyer, slot=slot, parties=parties, interpreter=None,
        interpreting="not_needed", reason={},
    )  # fmt: skip


def united(organiser: User, kept: Participation, other: Participation, **choices: str) -> Participation:
    merge(actor(organiser), kept=kept.pk, other=other.pk, choices=choices)
    return Participation.objects.select_related("company").get(pk=kept.pk)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"en": "Hongda Tools Co., Ltd."}, {"en": "HONGDA TOOLS COMPANY LIMITED"}),
        ({"en": "Hongda Tools"}, {"en": "Honda Tools Ltd"}),
        ({"zh-hans": "永康宏达工具有限公司"}, {"zh-hans": "永康宏达工具厂", "en": "Another"}),
        ({"ur": "کریم ٹولز"}, {"ur": "كريم ٹولز"}),
    ],
)
def test_nearly_the_same_name_in_one_city_is_suspected(
    fair: Fair, first: dict[str, str], second: dict[str, str]
) -> None:
    one, two = named(make_exhibitor(fair), **first), named(make_exhibitor(fair), **second)
    named(make_buyer(fair), **first)  # in another city
    assert [(double.first, double.second, double.number) for double in suspected(fair)] == [(one, two, False)]


def test_same_number_is_suspected_anywhere_in_the_fair(fair: Fair) -> None:
    one = identified(named(make_exhibitor(fair), en="Alpha"), "9133 0784-MA2")
    two = identified(named(make_buyer(fair), en="Beta"), "91330784ma2", "tax_number")
    identified(make_buyer(make_fair()), "91330784MA2")
    assert [(double.first, double.second, double.number) for double in suspected(fair)] == [(one, two, True)]
    Participation.objects.filter(pk=two.pk).update(state="withdrawn")
    assert suspected(fair) == []


def test_names_that_differ_are_not_suspected(fair: Fair) -> None:
    for name in ("Dragon Tools", "Dragon Locks", "宏达", "宏大", "Ltd"):
        named(make_exhibitor(fair), en=name)
    assert suspected(fair) == []
    assert plain_name("Co., Ltd.") == ""


def test_everything_of_the_other_moves(fair: Fair, organiser: User) -> None:
    kept, other = make_exhibitor(fair), make_exhibitor(fair)
    buyer, third = make_buyer(fair), make_buyer(fair)
    slots = make_slots(fair, first=NOW + timedelta(hours=1))
    meet(kept, buyer, slots[0])
    meeting = meet(other, buyer, slots[1])
    both, theirs = make_staff(kept, is_manager=False), make_staff(other)
    Staff.objects.create(company=other.company, user=both, is_manager=True)
    first = make_product(kept, article="A1")
    second = make_product(other, article="A1")
    visitor = make_staff(third)
    inquiries = [open_inquiry(actor(visitor), booth=each.booth.pk, now=NOW) for each in (kept, other)]
    Visit.objects.create(booth=other.booth, user=visitor, date=NOW.date())
    for person, booth in ((visitor, kept), (visitor, other), (theirs, other)):
        Favourite.objects.create(fair=fair, user=person, booth=booth.booth)
    demand = Demand.objects.create(fair=fair, participation=other, kind="goods", text={"en": "Steel"})
    request = MeetingRequest.objects.create(
        fair=fair, sender=third, receiver=other, slot=slots[2], made_by=visitor, expires_at=NOW
    )
    Preference.objects.create(fair=fair, participation=kept, wanted=buyer, wish="would")
    Preference.objects.create(fair=fair, participation=other, wanted=buyer, wish="no")
    Preference.objects.create(fair=fair, participation=third, wanted=other, wish="must")
    for owner, spared in ((kept, buyer), (other, buyer), (third, other), (kept, other)):
        NotInterested.objects.create(fair=fair, participation=owner, other=spared)
    SoleAgency.objects.create(participation=buyer, principal=other)
    Pair.objects.create(fair=fair, exhibitor=other, buyer=third)
    offer = Invitation(role=CompanyRole.STAFF, company=other.pk)
    invited = Registration.objects.create(fair=fair, user=make_person(), invitation=offer.stored())
    for own in ({}, {"product": second}, {"new_by": theirs}):
        Draft.objects.create(company=other.company, **own)
    stays = united(organiser, kept, other)
    assert not Participation.objects.filter(pk=other.pk).exists()
    assert set(Draft.objects.values_list("company", "product", "new_by")) == {
        (stays.company_id, second.pk, None), (stays.company_id, None, theirs.pk),
    }  # fmt: skip
    assert not Company.objects.filter(pk=other.company_id).exists()
    assert {row.user for row in Staff.objects.filter(company=stays.company)} >= {both, theirs}
    assert Staff.objects.get(user=both).is_manager
    assert {(product.pk, product.article) for product in Product.objects.filter(company=stays.company)} == {
        (first.pk, "A1"), (second.pk, "A1-2"),
    }  # fmt: skip
    assert set(Favourite.objects.values_list("user", "booth")) == {
        (pk, kept.booth.pk) for pk in (visitor.pk, theirs.pk)
    }
    assert set(Display.objects.values_list("booth", "product")) == {(kept.booth.pk, pk) for pk in (first.pk, second.pk)}
    assert list(Booth.objects.filter(fair=fair)) == [kept.booth]
    assert Inquiry.objects.get() == inquiries[0]
    # The second conversation with this visitor is still theirs and the company's.
    for person in (visitor, theirs):
        assert inquiries[1].conversation in Conversation.objects.visible_to(User.objects.get(pk=person.pk))
    for row in (meeting, demand, request, invited):
        row.refresh_from_db()
    assert (meeting.exhibitor, demand.participation, request.receiver) == (stays, stays, stays)
    assert invited.offer == Invitation(role=CompanyRole.STAFF, company=stays.pk)
    assert set(Booking.objects.filter(meeting=meeting).values_list("resource", flat=True)) >= {desk(stays.pk)}
    wishes = set(Preference.objects.values_list("participation", "wanted", "wish"))
    assert wishes == {(stays.pk, buyer.pk, "no"), (third.pk, stays.pk, "must")}
    spared = sorted(NotInterested.objects.values_list("participation", "other"))
    assert spared == sorted([(stays.pk, buyer.pk), (third.pk, stays.pk)])
    assert (SoleAgency.objects.get().principal, Pair.objects.get().exhibitor) == (stays, stays)
    [entry] = AuditEntry.objects.filter(permission="fair.organise")
    assert (entry.object, entry.before["other"]["participation"]) == (f"fairs.participation:{kept.pk}", other.pk)


def test_pictures_follow_those_the_company_has(fair: Fair, organiser: User) -> None:
    kept, other = make_exhibitor(fair), make_exhibitor(fair)
    logo, own = make_attachment(kept.company, "logo"), make_attachment(kept.company)
    second_logo = make_attachment(other.company, "logo")
    banner, theirs = make_attachment(other.company, "banner"), make_attachment(make_product(other))
    stays = united(organiser, kept, other)
    shown = list(Attachment.objects.filter(company=stays.company))
    assert (shown[:2], shown[2:]) == ([logo, own], [banner, theirs])
    assert second_logo not in Attachment.objects.all()


def test_chosen_values_win_and_gaps_are_filled(client: Client, fair: Fair, organiser: User) -> None:
    kept = identified(named(make_buyer(fair), en="Karim Tools", ur="کریم"), "1111")
    other = identified(named(make_buyer(fair), en="Kareem Tools", **{"zh-hans": "卡里姆"}), "2222")
    identified(other, "333", "tax_number")
    Participation.objects.filter(pk=kept.pk).update(wants=["8205"], suppliers="Anvil", remarks="ours")
    Participation.objects.filter(pk=other.pk).update(
        wants=["8205", "8203"],
        suppliers="Bolt",
        remarks="theirs",
        plan_minor=5000,
        plan_currency="PKR",
        preferred_from="10:00",
        preferred_until="12:00",
    )
    client.force_login(organiser)
    address = reverse("office:company_merge", args=[fair.slug, kept.pk, other.pk])
    shown = [difference.name for difference, _is_other in client.get(address).context["differences"]]
    assert shown == ["name:en", "registration"]
    client.post(address, {"name:en": "other", "registration": "kept"})
    kept.refresh_from_db()
    company = Company.objects.get(pk=kept.company_id)
    assert company.name == {"en": "Kareem Tools", "zh-hans": "卡里姆", "ur": "کریم"}
    assert set(company.identifiers.values_list("scheme", "value")) == {("registration", "1111"), ("tax_number", "333")}
    assert (kept.wants, kept.suppliers, kept.remarks, kept.plan_minor) == (
        ["8205", "8203"], "Anvil\nBolt", "ours\ntheirs", 5000,
    )  # fmt: skip
    assert (str(kept.preferred_from), str(kept.preferred_until)) == ("10:00:00", "12:00:00")


def test_booth_of_the_other_is_taken_over(fair: Fair, organiser: User) -> None:
    kept, other = make_buyer(fair), make_exhibitor(fair)
    make_product(other)
    stays = united(organiser, kept, other)
    assert (stays.sells, stays.buys, stays.hall, stays.booth.displays.count()) == (True, True, other.hall, 1)


def _same_slot(one: Participation, two: Participation, slots: list[Slot]) -> None:
    meet(one, make_buyer(one.fair), slots[0])
    meet(two, make_buyer(one.fair), slots[0])


def _with_each_other(one: Participation, two: Participation, slots: list[Slot]) -> None:
    meet(one, two, slots[0])


def _in_another_fair(one: Participation, two: Participation, slots: list[Slot]) -> None:
    Participation.objects.create(fair=make_fair(), company=two.company, sells=True)


@pytest.mark.parametrize(
    ("hinder", "code"),
    [(_same_slot, "merge_same_slot"), (_with_each_other, "merge_met"), (_in_another_fair, "company_shared")],
)
def test_merge_is_refused_in_words_and_changes_nothing(
    client: Client, fair: Fair, organiser: User, hinder: Any, code: str
) -> None:
    one, two = make_exhibitor(fair), make_exhibitor(fair)
    make_product(two)
    hinder(one, two, make_slots(fair, first=NOW + timedelta(hours=1)))
    client.force_login(organiser)
    address = reverse("office:company_merge", args=[fair.slug, one.pk, two.pk])
    assert str(Refused(code).sentence) == client.get(address).context["refusal"]
    page = client.post(address)
    assert (page.status_code, page.context["refusal"]) == (409, Refused(code).sentence)
    assert (Participation.objects.filter(pk=two.pk).exists(), two.company.products.count()) == (True, 1)


def test_company_of_another_fair_is_not_merged(client: Client, fair: Fair, organiser: User) -> None:
    one, foreign = make_buyer(fair), make_buyer(make_fair())
    client.force_login(organiser)
    for pair in ((one.pk, foreign.pk), (one.pk, 10**9)):
        assert client.post(reverse("office:company_merge", args=[fair.slug, *pair])).status_code == 404
    assert client.post(reverse("office:company_merge", args=[fair.slug, one.pk, one.pk])).status_code == 409
    both = fair.roles.create(user=make_person(), role="organiser").user
    foreign.fair.roles.create(user=both, role="organiser")
    with pytest.raises(Refused, match="not_found"):
        merge(actor(both), kept=one.pk, other=foreign.pk, choices={})


def test_quotes_of_both_are_those_of_the_one_that_stays(fair: Fair) -> None:
    organiser, kept, other, buyer = (
        make_role(fair, "organiser"),
        *[make_exhibitor(fair) for _ in range(2)],
        make_buyer(fair),
    )
    writers = {one: make_staff(one) for one in (kept, other)}
    shared, theirs, own = make_demand(buyer, "Both"), make_demand(buyer, "Theirs"), make_demand(kept, "Ours")
    stands = make_quote(shared, kept, writers[kept])
    make_quote(shared, other, writers[other], price=9)
    moved = make_quote(theirs, other, writers[other])
    make_quote(own, other, writers[other])
    stays = united(organiser, kept, other)
    assert set(Quote.objects.values_list("pk", "demand", "participation")) == {
        (stands.pk, shared.pk, stays.pk), (moved.pk, theirs.pk, stays.pk),
    }  # fmt: skip


def test_a_draft_schedule_with_either_is_made_again_and_a_published_one_stays(fair: Fair, organiser: User) -> None:
    stays, goes, buyer = make_exhibitor(fair), make_exhibitor(fair), make_buyer(fair)
    match = Match.objects.create(fair=fair, made_at=NOW)
    MatchedPair.objects.create(match=match, exhibitor=goes, buyer=buyer, origin="score")
    numbers = {"status": "optimal", "most": 1, "breaks": 0, "bound": 0, "made_at": NOW}
    published = {"state": "published", "published_at": NOW}
    for number, state in enumerate((published, {}), start=1):
        version = ScheduleVersion.objects.create(fair=fair, number=number, **numbers, **state)
        times = {"starts_at": NOW, "ends_at": NOW + timedelta(minutes=25)}
        PlannedMeeting.objects.create(version=version, exhibitor=goes, buyer=buyer, **times)
    merge(actor(organiser), kept=stays.pk, other=goes.pk, choices={})
    assert list(PlannedMeeting.objects.values_list("version__number", "exhibitor", "buyer")) == [
        (1, stays.pk, buyer.pk)
    ]
    assert (Match.objects.count(), ScheduleVersion.objects.count()) == (0, 1)


def test_what_the_other_has_said_of_its_meetings_stays(fair: Fair) -> None:
    case = make_case(fair, make_slots(fair, number=1)[0])
    goes, stays = case.meeting.buyer, make_buyer(fair)
    said = Satisfaction.objects.create(
        fair=fair, meeting=case.meeting, participation=goes, rating=4, made_by=case.buyer
    )
    united(make_role(fair, "organiser"), stays, goes)
    assert Satisfaction.objects.values_list("pk", "participation", "rating").get() == (said.pk, stays.pk, 4)


def test_a_company_that_the_ledger_names_does_not_end(fair: Fair) -> None:
    organiser = make_role(fair, "organiser")
    named_there, other = make_exhibitor(fair), make_exhibitor(fair)
    paper = Content("mou", "report", (Name("party", dict(named_there.company.name), named_there.pk),))
    append(fair.pk, [Addition(paper, "mou")], actor=None, now=NOW)
    with pytest.raises(Refused) as refused:
        united(organiser, other, named_there)
    assert refused.value.code == "merge_in_ledger"
    assert united(organiser, named_there, other).pk == named_there.pk
    assert verify(fair).ok
