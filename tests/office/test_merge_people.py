"""Suspected doubles among people, and two accounts made one: nothing of the other is lost, nothing is done by half."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from booths.actions import open_inquiry
from booths.models import Favourite, Shift
from chat.actions import post_message
from chat.models import Conversation, Member, Message
from fairplatform.accounts.models import AuditEntry, PersonalLink, Staff, Token, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Absence, Fair, Invitation, Registration, RoleAssignment
from fairplatform.ledger.models import Entry, Release
from fairplatform.notices.models import Notice
from fairplatform.office.people import merge_moves
from fairplatform.office.people.doubles import suspected
from fairplatform.office.people.merging import merge
from fairplatform.report.models import DailyBrief
from meetings.models import Attendance, Booking, Meeting, Participant
from meetings.models.booking import person as booked
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import (
    NOW,
    actor,
    make_buyer,
    make_conversation,
    make_exhibitor,
    make_fair,
    make_person,
    make_role,
    make_slots,
    make_staff,
)
from tests.meetings.cases import make_case

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either("fairplatform.office.people.merging", "fairplatform.office.people.merge_registrations"),
]

# What a person did, which is never changed, and what ends with an account.
HISTORY = {
    "accounts.AuditEntry.actor", "accounts.AuditEntry.on_behalf_of", "booths.QuoteVersion.written_by",
    "booths.QuoteVersion.on_behalf_of", "ledger.Entry.entered_by", "ledger.Entry.on_behalf_of",
    "ledger.Release.released_by", "report.DailyBrief.approved_by",
}  # fmt: skip
ENDED = {
    "accounts.PersonalLink.user", "accounts.Token.user", "account.EmailAddress.user", "files.Upload.user",
    "meetings.CalendarFeed.user", "meetings.OutcomeLink.user",
}  # fmt: skip
# Each with a rule of its own.
MOVED = {
    "accounts.Staff.user", "booths.Draft.new_by", "chat.Member.user", "chat.Message.author",
    "fairs.Registration.user", "fairs.RoleAssignment.user", "meetings.Attendance.user", "meetings.Participant.user",
    "notices.Notice.recipient",
}  # fmt: skip


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def registered(fair: Fair, person: User, **fields: Any) -> Registration:
    return Registration.objects.create(fair=fair, user=person, **{"accepted_at": NOW, **fields})


def united(organiser: User, fair: Fair, kept: User, other: User, **choices: str) -> User:
    merge(actor(organiser), fair=fair.slug, kept=kept.pk, other=other.pk, choices=choices, now=NOW)
    return User.objects.get(pk=kept.pk)


def address(fair: Fair, kept: User, other: User) -> str:
    return reverse("office:person_merge", args=[fair.slug, kept.pk, other.pk])


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"email": "Zhao.Min@firm.example"}, {"email": "zhao.min@firm.example"}, "email"),
        ({"phone": "+8613800138000"}, {"phone": "+8613800138000"}, "mobile"),
        ({"phone": "+923001234567"}, {"whatsapp": "+92 300 1234567"}, "mobile"),
        ({"name": {"en": "Zhao  Min"}}, {"name": {"en": "MIN, Zhao"}}, "name"),
        ({"name": {"zh-hans": "趙敏"}}, {"name": {"zh-hans": "赵 敏", "en": "Someone"}}, "name"),
        ({"name": {"ur": "كريم"}}, {"name": {"ur": "کریم"}}, "name"),
        ({"name": {"zh-hans": "赵敏"}}, {"name": {"en": "Zhao Min"}}, "name"),
        ({"name": {"ur": "عائشہ کریم"}}, {"name": {"en": "Ayesha Karim"}}, "name"),
    ],
)
def test_one_person_entered_twice_is_suspected(
    fair: Fair, organiser: User, first: dict[str, Any], second: dict[str, Any], reason: str
) -> None:
    company = make_exhibitor(fair)
    pair = [make_staff(company, **fields) for fields in (first, second)]
    assert suspected(fair, organiser) == [(pair[0].pk, pair[1].pk, reason)]
    assert suspected(make_fair(), organiser) == []
    User.objects.filter(pk=pair[1].pk).update(is_active=False)
    assert suspected(fair, organiser) == []


def test_others_are_not_suspected(fair: Fair, organiser: User) -> None:
    for name in ({"en": "Ali Raza"}, {"zh-hans": "赵敏"}, {"en": "Zhao Minghua"}, {"ur": "فاطمہ قریشی"}):
        make_staff(make_exhibitor(fair), name=name)
    company = make_exhibitor(fair)
    for name in ({"en": "Fatima Malik"}, {"ur": "فاطمہ قریشی"}, {"zh-hans": "钱敏"}, {"en": "Zhao Min"}):
        make_staff(company, name=name, phone="")
    # Of an account that is another fair's nothing is told, neither that its number is known.
    make_staff(company, phone="+8613800138000")
    registered(fair, make_person(phone="+8613800138000"), accepted_at=None)
    assert suspected(fair, organiser) == []


def test_the_pages_lead_from_the_list_to_one_person(client: Client, fair: Fair, organiser: User) -> None:
    company = make_exhibitor(fair)
    kept, other = (make_staff(company, phone="+8613800138000", name={"en": name}) for name in ("Zhao Min", "Min Zhao"))
    client.force_login(organiser)
    doubles = reverse("office:person_doubles", args=[fair.slug])
    assert doubles in client.get(reverse("office:people", args=[fair.slug])).text
    page = client.get(doubles).text
    assert ["The same mobile number" in page, address(fair, kept, other) in page] == [True, True]
    assert client.get(address(fair, kept, other)).context["refusal"] == ""
    answer = client.post(address(fair, kept, other), {"name:en": "other"})
    assert answer["Location"] == reverse("office:person", args=[fair.slug, kept.pk])
    assert User.objects.get(pk=kept.pk).name == {"en": "Min Zhao"}
    assert client.get(reverse("office:person", args=[fair.slug, other.pk])).status_code == 404
    assert client.get(doubles).context["pairs"] == []


def test_what_both_have_is_chosen_and_gaps_are_filled(client: Client, fair: Fair, organiser: User) -> None:
    company = make_exhibitor(fair)
    kept = make_staff(company, name={"en": "Zhao Min"}, email="a@firm.example", speaks=["zh"], language="en")
    other = make_staff(
        company, name={"en": "Zhao M.", "zh-hans": "赵敏"}, email="b@firm.example", phone="+8613800138000",
        speaks=["zh", "en"], language="zh-hans", wechat="zhaomin",
    )  # fmt: skip
    client.force_login(organiser)
    shown = [each.name for each, _is_other in client.get(address(fair, kept, other)).context["differences"]]
    assert shown == ["name:en", "email", "language"]
    client.post(address(fair, kept, other), {"email": "other", "language": "other"})
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.name, kept.email, str(kept.phone), kept.wechat, kept.speaks, kept.language) == (
        {"en": "Zhao Min", "zh-hans": "赵敏"}, "b@firm.example", "+8613800138000", "zhaomin", ["zh", "en"], "zh-hans",
    )  # fmt: skip
    assert (other.is_active, other.email, str(other.phone), other.wechat, other.name["en"]) == (
        False, None, "", "", "Zhao M.",
    )  # fmt: skip


def test_everything_of_the_other_moves(fair: Fair, organiser: User) -> None:
    exhibitor, buyer = make_exhibitor(fair), make_buyer(fair)
    kept, other = make_staff(exhibitor, is_manager=False), make_staff(exhibitor)
    slots = make_slots(fair, first=NOW + timedelta(hours=1))
    purchaser = make_staff(buyer)

    def meet(person: User, number: int) -> Meeting:
        parties = [(person, Side.EXHIBITOR), (purchaser, Side.BUYER)]
        return schedule_meeting(
            fair=fair, exhibitor=exhibitor, buyer=buyer, slot=slots[number], parties=parties, interpreter=None,
            interpreting="not_needed", reason={},
        )  # fmt: skip

    theirs = meet(other, 0)
    meet(kept, 1)
    now_there = Attendance.objects.create(
        meeting=theirs, user=other, side="exhibitor", role="party", connection_id="c", entered_at=NOW
    )
    inquiry = open_inquiry(actor(purchaser), booth=exhibitor.booth.pk, now=NOW)
    conversation = make_conversation(fair, [other, purchaser])
    message = post_message(
        actor(other), conversation=conversation.pk, client_id=uuid.uuid4(), body="Price follows", now=NOW
    )
    Member.objects.filter(user=other, conversation=conversation).update(read_up_to=7)
    for person in (kept, other):
        Favourite.objects.create(fair=fair, user=person, booth=exhibitor.booth)
    RoleAssignment.objects.create(fair=fair, user=other, role="liaison")
    Absence.objects.create(fair=fair, user=other, date=NOW.date())
    positions = {row.user_id: row for row in Staff.objects.filter(company=exhibitor.company)}
    first = {"fair": fair, "booth": exhibitor.booth, "starts_at": NOW}
    for person, hours in ((kept, 2), (other, 1)):
        Shift.objects.create(staff=positions[person.pk], ends_at=NOW + timedelta(hours=hours), **first)
    later = Shift.objects.create(
        staff=positions[other.pk], **first | {"starts_at": NOW + timedelta(hours=3)}, ends_at=NOW + timedelta(hours=4)
    )
    notices = Notice.objects.filter(recipient=other).count()
    assert notices
    offer = Invitation(role="staff", company=exhibitor.pk, manager=other.pk)
    invited = registered(fair, make_person(), accepted_at=None, invitation=offer.stored())
    stays = united(organiser, fair, kept, other)
    assert list(Staff.objects.filter(user=stays).values_list("is_manager", flat=True)) == [True]
    assert list(Shift.objects.values_list("staff__user", "starts_at")) == [
        (stays.pk, NOW), (stays.pk, later.starts_at),
    ]  # fmt: skip
    assert set(Participant.objects.filter(user=stays).values_list("meeting", flat=True)) == set(
        Meeting.objects.values_list("pk", flat=True)
    )
    assert set(Booking.objects.filter(resource=booked(stays.pk)).values_list("slot", flat=True)) == {
        slots[0].pk, slots[1].pk,
    }  # fmt: skip
    now_there.refresh_from_db()
    assert (now_there.user, now_there.left_at) == (stays, NOW)
    assert {conversation, inquiry.conversation} <= set(Conversation.objects.visible_to(stays))
    assert Member.objects.get(user=stays, conversation=conversation).read_up_to == 7
    assert Message.objects.get(pk=message.pk).author == stays
    assert Favourite.objects.get().user == stays
    assert (fair.roles.get(role="liaison").user, Absence.objects.get().user) == (stays, stays)
    assert not Notice.objects.filter(recipient=other).exists()
    # Theirs, and that of the meeting of the one that stays.
    assert Notice.objects.filter(recipient=stays).count() == notices + 1
    invited.refresh_from_db()
    assert invited.offer == offer.model_copy(update={"manager": stays.pk})
    assert not Booking.objects.filter(resource=booked(other.pk)).exists()
    entry = AuditEntry.objects.get(permission="fair.organise")
    assert (entry.object, entry.before["other"]["user"]) == (
        f"fairs.registration:{Registration.objects.get(user=stays).pk}", other.pk,
    )  # fmt: skip


def test_no_row_names_the_account_that_goes_but_the_history(fair: Fair) -> None:
    """A model that names people is in one of the lists, by what becomes of it."""
    named = {f"{model._meta.label}.{name}" for model, names in merge_moves.NAMED.items() for name in names}
    once = {f"{model._meta.label}.{owner}" for model, (owner, _unique) in merge_moves.ONCE.items()}
    relations = {
        f"{one.related_model._meta.label}.{one.field.name}"
        for one in User._meta.get_fields(include_hidden=True)
        if one.auto_created and not one.concrete
    }
    assert relations == named | once | HISTORY | ENDED | MOVED
    assert {AuditEntry, Entry, Release, DailyBrief} <= {
        one.related_model for one in User._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete
    }


def test_what_the_other_did_stays_in_the_audit_log_under_its_name(fair: Fair, organiser: User) -> None:
    kept, other = make_role(fair, "organiser"), make_role(fair, "organiser")
    AuditEntry.objects.create(fair=fair, actor=other, permission="fair.organise", object="fairs.fair:1")
    united(organiser, fair, kept, other)
    assert AuditEntry.objects.get(object="fairs.fair:1").actor == other
    organisers = set(fair.roles.filter(role="organiser").values_list("user", flat=True))
    assert organisers == {kept.pk, organiser.pk}


def test_every_way_in_by_the_other_ends_and_those_of_the_one_that_stays_last(fair: Fair, organiser: User) -> None:
    company = make_exhibitor(fair)
    kept, other = make_staff(company), make_staff(company)
    links = [PersonalLink.issue(person, now=NOW).link for person in (kept, other)]
    Token.issue(other, fair=fair, permissions=[], expires_at=NOW + timedelta(days=1))
    browsers = [Client(), Client()]
    for browser, person in zip(browsers, (kept, other), strict=True):
        browser.force_login(person)
    version = other.access_version
    united(organiser, fair, kept, other)
    assert (list(PersonalLink.objects.all()), Token.objects.exists()) == ([links[0]], False)
    own = reverse("meetings:day", args=[fair.slug])
    assert [browser.get(own).status_code for browser in browsers] == [200, 302]
    assert User.objects.get(pk=other.pk).access_version > version


def test_a_link_that_a_company_has_seen_does_not_open_what_the_other_was(fair: Fair, organiser: User) -> None:
    kept, other = make_staff(make_exhibitor(fair)), make_role(fair, "organiser")
    PersonalLink.issue(kept, now=NOW)
    united(organiser, fair, kept, other)
    assert not PersonalLink.objects.exists()


AT = [NOW - timedelta(hours=hours) for hours in (3, 2, 1)]


@pytest.mark.parametrize(
    ("ours", "theirs", "purpose", "contact"),
    [
        ({}, {}, None, None),
        ({}, {"consented_at": AT[0], "contact_consented_at": AT[0]}, AT[0], AT[0]),
        ({"consented_at": AT[1], "contact_consented_at": AT[1]}, {}, AT[1], AT[1]),
        ({"consented_at": AT[0], "contact_consented_at": AT[0]}, {"consented_at": AT[1]}, AT[0], None),
        (
            {"consented_at": AT[0], "contact_consented_at": AT[0]},
            {"consented_at": AT[1], "contact_consented_at": AT[2]}, AT[0], AT[2],
        ),
        ({"consented_at": AT[0], "contact_consented_at": AT[0]}, {"declined_at": AT[1]}, None, None),
        ({"declined_at": AT[0]}, {"consented_at": AT[1], "contact_consented_at": AT[1]}, AT[1], None),
    ],
)  # fmt: skip
def test_consent_is_never_more_than_what_was_given(
    fair: Fair, organiser: User, ours: Any, theirs: Any, purpose: datetime | None, contact: datetime | None
) -> None:
    company = make_exhibitor(fair)
    kept, other = make_staff(company), make_staff(company)
    registered(fair, kept, key="zhao", remarks="ours", **ours)
    registered(fair, other, key="zhao-2", remarks="theirs", consent_on=date(2026, 5, 1), link_opened_at=NOW, **theirs)
    united(organiser, fair, kept, other)
    row = Registration.objects.get(fair=fair, user=kept)
    assert (row.consented_at, row.contact_consented_at) == (purpose, contact)
    assert (row.key, row.remarks, row.consent_on, row.link_opened_at) == (
        "zhao", "ours\ntheirs", date(2026, 5, 1), NOW,
    )  # fmt: skip
    assert not Registration.objects.filter(user=other).exists()


def test_an_interpreter_entered_twice_has_the_languages_of_both(fair: Fair, organiser: User) -> None:
    kept = make_role(fair, "interpreter", language_pairs=["zh-ur"], max_minutes_a_day=300)
    other = make_role(fair, "interpreter", language_pairs=["zh-en"], max_minutes_a_day=240)
    case = make_case(fair, make_slots(fair, number=1)[0])
    Participant.objects.create(meeting=case.meeting, user=other, role="interpreter")
    united(organiser, fair, kept, other)
    [role] = fair.roles.filter(role="interpreter")
    assert (role.user, role.language_pairs, role.max_minutes_a_day) == (kept, ["zh-ur", "zh-en"], 240)
    assert case.meeting.participants.get(role="interpreter").user == kept


def _other_sides(fair: Fair) -> tuple[User, User]:
    case = make_case(fair, make_slots(fair, number=1)[0])
    return case.seller, case.buyer


def _at_one_time(fair: Fair) -> tuple[User, User]:
    [slot] = make_slots(fair, number=1)
    return make_case(fair, slot).seller, make_case(fair, slot).seller


def _other_sides_of_a_conversation(fair: Fair) -> tuple[User, User]:
    exhibitor = make_exhibitor(fair)
    seller, visitor = make_staff(exhibitor), make_staff(make_buyer(fair))
    open_inquiry(actor(visitor), booth=exhibitor.booth.pk, now=NOW)
    return seller, visitor


def _in_another_fair(fair: Fair) -> tuple[User, User]:
    kept, other = make_staff(make_exhibitor(fair)), make_person()
    for one in (fair, make_fair()):
        registered(one, other)
    return kept, other


def _invited(fair: Fair) -> tuple[User, User]:
    kept, other = make_staff(make_exhibitor(fair)), make_person()
    registered(fair, other, accepted_at=None)
    return kept, other


def _demo(fair: Fair) -> tuple[User, User]:
    company = make_exhibitor(fair)
    return make_staff(company), make_staff(company, is_demo=True)


@pytest.mark.parametrize(
    ("hinder", "code"),
    [
        (_other_sides, "person_merge_met"),
        (_at_one_time, "person_merge_same_slot"),
        (_other_sides_of_a_conversation, "person_merge_talked"),
        (_in_another_fair, "account_shared"),
        (_invited, "not_accepted"),
        (_demo, "person_merge_demo"),
    ],
)
def test_merge_is_refused_in_words_and_changes_nothing(
    client: Client, fair: Fair, organiser: User, hinder: Any, code: str
) -> None:
    kept, other = hinder(fair)
    client.force_login(organiser)
    for pair in ((kept, other), (other, kept)):
        assert client.get(address(fair, *pair)).context["refusal"] == Refused(code).sentence
        page = client.post(address(fair, *pair))
        assert (page.status_code, page.context["refusal"]) == (409, Refused(code).sentence)
    assert set(User.objects.filter(pk__in=(kept.pk, other.pk)).values_list("is_active", "email")) == {
        (True, kept.email), (True, other.email),
    }  # fmt: skip
    assert not AuditEntry.objects.exists()


def test_an_organiser_does_not_end_the_own_account_nor_merge_it_with_itself(
    client: Client, fair: Fair, organiser: User
) -> None:
    double = make_role(fair, "organiser")
    client.force_login(organiser)
    for pair, code in (((double, organiser), "person_merge_own"), ((double, double), "person_merge_itself")):
        assert client.post(address(fair, *pair)).context["refusal"] == Refused(code).sentence
    assert client.post(address(fair, organiser, double)).status_code == 302
    assert client.get(reverse("office:people", args=[fair.slug])).status_code == 200


def test_people_of_another_fair_do_not_exist(client: Client, fair: Fair, organiser: User) -> None:
    own, foreign = make_staff(make_exhibitor(fair)), make_staff(make_exhibitor(make_fair()))
    client.force_login(organiser)
    nobody = User(pk=10**9)
    for pair in ((own, foreign), (foreign, own), (own, nobody)):
        assert [client.get(address(fair, *pair)).status_code, client.post(address(fair, *pair)).status_code] == [
            404,
            404,
        ]


def test_the_second_of_two_organisers_finds_one_of_the_people_gone(fair: Fair, organiser: User) -> None:
    company = make_exhibitor(fair)
    kept, other = make_staff(company), make_staff(company)
    second = make_role(fair, "organiser")
    united(organiser, fair, kept, other)
    for pair in ((kept, other), (other, kept)):
        with pytest.raises(Refused, match="not_found"):
            united(second, fair, *pair)
    assert (User.objects.get(pk=kept.pk).is_active, AuditEntry.objects.count()) == (True, 1)
