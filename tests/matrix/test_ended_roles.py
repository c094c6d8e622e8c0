"""People whose role has ended lose its conversations and meetings at once; their company keeps them."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from booths.actions import open_inquiry
from booths.models import Inquiry
from chat import queries
from chat.actions import add_members, post_message
from chat.models import Conversation, Message
from fairplatform.accounts.models import Staff, User
from fairplatform.accounts.socket_auth import recheck
from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation, RoleAssignment
from fairplatform.notices.models import Notice
from fairplatform.realtime.registry import OPEN_SOCKETS
from meetings.day.queries import own_meetings
from meetings.interpreting.candidates import free_interpreter
from meetings.models import Meeting, Participant
from meetings.outcomes.queries import awaiting_confirmation
from meetings.schedule.actions import planning
from meetings.staffing import free_staff
from tests.factories import actor, make_buyer, make_paper, make_slots, make_staff
from tests.matrix.world import World, make_world
from tests.realtime.client import Client, session_of

SECRET = "our lowest price is 1.09"
Change = Callable[[World], object]


def resigns(world: World) -> None:
    Staff.objects.get(user=world.people["clerk"]).delete()


def loses_position(world: World) -> None:
    Staff.objects.filter(user=world.people["clerk"]).delete()


def goes_to_a_rival(world: World) -> None:
    Staff.objects.filter(user=world.people["clerk"]).delete()
    rival = Participation.objects.get(company__staff__user=world.people["rival"])
    Staff.objects.create(company=rival.company, user=world.people["clerk"], position="sales", is_manager=True)


def is_deactivated(world: World) -> None:
    User.objects.filter(pk=world.people["clerk"].pk).update(is_active=False)


def company_is_refused(world: World) -> None:
    company = Participation.objects.get(pk=world.things["exhibitor"].pk)
    company.state = "refused"
    company.save()


def role_ends(world: World) -> None:
    RoleAssignment.objects.get(user=world.people["interpreter"]).delete()


def goes_to_another_fair(world: World) -> None:
    RoleAssignment.objects.filter(user=world.people["interpreter"]).update(fair=world.foreign)


def becomes_a_liaison(world: World) -> None:
    RoleAssignment.objects.filter(user=world.people["interpreter"]).update(role="liaison")


def interpreter_is_deactivated(world: World) -> None:
    User.objects.filter(pk=world.people["interpreter"].pk).update(is_active=False)


ENDS: list[Change] = [resigns, loses_position, goes_to_a_rival, is_deactivated, company_is_refused]
LEFT = [
    *((end, {"clerk"}) for end in (resigns, loses_position, goes_to_a_rival, is_deactivated)),
    (company_is_refused, {"seller", "clerk"}),
    (role_ends, {"interpreter"}),
    (goes_to_another_fair, {"interpreter"}),
    (becomes_a_liaison, {"interpreter"}),
    (interpreter_is_deactivated, {"interpreter"}),
]
PERSONAL: list[Change] = [resigns, loses_position, goes_to_a_rival, is_deactivated]


@pytest.fixture
def world(db: None) -> World:
    return with_messages(make_world())


def with_messages(world: World) -> World:
    """With messages that must not leak, in the conversations of the booth and of the meeting."""
    meeting: Meeting = world.things["meeting"]
    # A colleague who is named for the meeting belongs to its conversation.
    add_members(meeting.conversation, [world.people["clerk"]], participation=meeting.exhibitor_id)
    for conversation in conversations_of(world):
        write(world, "clerk", conversation)
        write(world, "buyer", conversation)
    return world


def conversations_of(world: World) -> list[Conversation]:
    return [world.things["conversation"], world.things["meeting"].conversation]


def write(world: World, name: str, conversation: Conversation) -> Message:
    client_id = uuid4()
    writer = actor(world.people[name])
    return post_message(writer, conversation=conversation.pk, client_id=client_id, body=SECRET, now=timezone.now())


def pages(world: World) -> list[str]:
    fair, meeting = world.fair.slug, world.things["meeting"].pk
    names = ("meeting", "room", "outcome", "calendar", "cancel", "move")
    return [
        *(reverse("chat:conversation", args=[fair, conversation.pk]) for conversation in conversations_of(world)),
        *(reverse(f"meetings:{name}", args=[fair, meeting]) for name in names),
        reverse("files:file", args=[world.things["paper"].pk]),
    ]


def lists(world: World) -> list[str]:
    return [reverse(name, args=[world.fair.slug]) for name in ("chat:conversations", "meetings:day")]


def signed_in(world: World, name: str) -> Browser:
    browser = Browser()
    browser.force_login(world.people[name])
    return browser


def with_a_paper(world: World) -> World:
    """A file that belongs to the conversation of the meeting."""
    world.things["paper"] = make_paper(world.things["meeting"].conversation)
    return world


@pytest.mark.parametrize("end", ENDS)
def test_pages_files_and_calendars_of_the_company_do_not_exist_any_more(world: World, end: Change) -> None:
    browser = signed_in(with_a_paper(world), "clerk")
    before = {page: browser.get(page).status_code for page in pages(world)}
    assert sorted(before.values()) == [200] * 7 + [403] * 2  # cancelling and moving are the parties'
    assert all(SECRET in browser.get(page).content.decode() for page in pages(world)[:2])
    end(world)
    # Who is deactivated is not signed in any more.
    gone = {302, 404} if end is is_deactivated else {404}
    assert {browser.get(page).status_code for page in pages(world)} == gone
    for page in lists(world):
        answer = browser.get(page).content.decode()
        assert SECRET not in answer
        assert world.things["meeting"].get_absolute_url() not in answer


@pytest.mark.parametrize("end", ENDS)
def test_no_list_or_count_includes_them(world: World, end: Change) -> None:
    clerk = world.people["clerk"]
    Meeting.objects.filter(pk=world.things["meeting"].pk).update(state="held")
    assert (queries.unread(clerk, world.fair), len(queries.unread_by_conversation(clerk))) == (2, 2)
    assert own_meetings(actor(clerk).person, world.fair)
    end(world)
    clerk = User.objects.get(pk=clerk.pk)
    assert queries.unread(clerk, world.fair) == 0
    assert queries.unread_by_conversation(clerk) == {}
    assert list(queries.conversations(clerk, world.fair)) == []
    assert own_meetings(clerk, world.fair) == []
    assert awaiting_confirmation(clerk, world.fair, timezone.now()) == []
    for conversation in conversations_of(world):
        assert Conversation.load_for(clerk, pk=conversation.pk) is None


@pytest.mark.parametrize("end", ENDS)
def test_nothing_can_be_written_or_changed(world: World, end: Change) -> None:
    end(world)
    for conversation in conversations_of(world):
        with pytest.raises(Refused, match="not_found"):
            write(world, "clerk", conversation)
    assert Message.objects.filter(author=world.people["clerk"]).count() == 2
    # A former party could cancel and move.
    world.things["meeting"].participants.model._base_manager.filter(user=world.people["clerk"]).update(role="party")
    for change in (planning.cancel, lambda *a, **k: planning.move(*a, slot=world.slots[6].pk, **k)):
        with pytest.raises(Refused, match="not_found"):
            change(actor(world.people["clerk"]), meeting=world.things["settled"].pk, now=timezone.now())


@pytest.mark.parametrize("end", PERSONAL)
def test_notices_and_events_reach_the_others_and_no_former_staff(world: World, end: Change) -> None:
    end(world)
    Notice.objects.all().delete()
    planning.cancel(actor(world.people["organiser"]), meeting=world.things["settled"].pk, now=timezone.now())
    open_inquiry(actor(world.people["other_buyer"]), booth=world.things["booth"].pk, now=timezone.now())
    notified = set(Notice.objects.values_list("recipient", "code"))
    names = ("seller", "buyer", "interpreter")
    assert notified == {
        *((world.people[name].pk, "meeting_cancelled") for name in names),
        (world.people["seller"].pk, "inquiry_opened"),
    }


@pytest.mark.parametrize("end", PERSONAL)
def test_the_company_and_the_others_still_see_everything(world: World, end: Change) -> None:
    end(world)
    for name in ("seller", "buyer"):
        browser = signed_in(with_a_paper(world), name)
        assert {browser.get(page).status_code for page in pages(world)} == {200}
        for page in pages(world)[:2]:
            assert browser.get(page).content.decode().count(SECRET) == 2
    # Messages stay under the name of their author.
    names = [str(message.author.name["en"]) for message in queries.newest(conversations_of(world)[0])[0]]
    assert names == [world.people["clerk"].name["en"], world.people["buyer"].name["en"]]
    members, _ = queries.members_and_authors(world.things["conversation"], [], world.people["buyer"])
    assert {person.id for person in members} == {world.people["buyer"].pk, world.people["seller"].pk}


@pytest.mark.parametrize(("end", "left"), LEFT)
def test_meeting_and_conversation_agree_on_their_members(world: World, end: Change, left: set[str]) -> None:
    """The rule is written twice: for participants in the ORM, for members of the conversation in SQL."""

    def belong() -> list[set[int]]:
        named, members = Participant.objects.filter(meeting=meeting), meeting.conversation.members.active()
        return [set(rows.values_list("user", flat=True)) for rows in (named, members)]

    meeting, names = world.things["meeting"], {"seller", "clerk", "buyer", "interpreter"}
    assert belong() == [{world.people[name].pk for name in names}] * 2
    end(world)
    assert belong() == [{world.people[name].pk for name in names - left}] * 2


def test_a_successor_finds_what_was_asked_at_the_booth_and_answers_it(world: World) -> None:
    resigns(world)
    successor = make_staff(world.things["exhibitor"], is_manager=False)
    world.people["successor"] = successor
    page = reverse("chat:conversation", args=[world.fair.slug, world.things["conversation"].pk])
    assert SECRET in signed_in(world, "successor").get(page).content.decode()
    assert write(world, "successor", world.things["conversation"]).author == successor
    # Meetings do not pass on to a successor: somebody has to be named for them.
    talk = reverse("chat:conversation", args=[world.fair.slug, world.things["meeting"].conversation_id])
    assert signed_in(world, "successor").get(talk).status_code == 404


def test_when_all_named_staff_have_left_the_managers_are_notified_and_may_act(world: World) -> None:
    manager = make_staff(world.things["exhibitor"])
    Staff.objects.filter(user__in=[world.people["clerk"], world.people["seller"]]).delete()
    Notice.objects.all().delete()
    now = timezone.now()
    # On a Wednesday at 14:00 in China and 11:00 in Pakistan, for companies move within working hours.
    wednesday = (now + timedelta(days=9 - now.weekday())).replace(hour=6, minute=0)
    first, second = make_slots(world.fair, first=wednesday, number=2)
    planning.move(actor(manager), meeting=world.things["settled"].pk, slot=first.pk, now=now)
    Notice.objects.update(read_at=now)  # an unread one would be replaced by the next
    planning.move(actor(world.people["buyer"]), meeting=world.things["settled"].pk, slot=second.pk, now=now)
    notified = list(Notice.objects.filter(code="meeting_moved").values_list("recipient", flat=True).order_by("pk"))
    buyer, interpreter = world.people["buyer"].pk, world.people["interpreter"].pk
    assert notified == [buyer, interpreter, manager.pk, interpreter]


def test_returning_staff_see_everything_again(world: World) -> None:
    resigns(world)
    Staff.objects.create(company=world.things["exhibitor"].company, user=world.people["clerk"], position="sales")
    browser = signed_in(world, "clerk")
    assert all(SECRET in browser.get(page).content.decode() for page in pages(with_a_paper(world))[:2])


def test_an_interpreter_whose_role_ended_has_left_the_meeting(world: World) -> None:
    meeting = world.things["meeting"]
    browser = signed_in(world, "interpreter")
    page, talk = (
        meeting.get_absolute_url(),
        reverse("chat:conversation", args=[world.fair.slug, meeting.conversation_id]),
    )
    assert [browser.get(address).status_code for address in (page, talk)] == [200, 200]
    role_ends(world)
    assert [browser.get(address).status_code for address in (page, talk)] == [404, 404]


def test_an_interpreter_whose_account_ended_is_not_appointed(world: World) -> None:
    RoleAssignment.objects.exclude(user=world.people["idle_interpreter"]).filter(role="interpreter").delete()
    ends = world.things["meeting"].exhibitor, world.things["meeting"].buyer
    assert free_interpreter(*ends, world.slots[4]) == world.people["idle_interpreter"]
    User.objects.filter(pk=world.people["idle_interpreter"].pk).update(is_active=False)
    assert free_interpreter(*ends, world.slots[4]) is None


def test_a_visitor_who_changes_companies_opens_a_new_inquiry_and_the_booth_keeps_the_old_one(world: World) -> None:
    buyer, first = world.people["buyer"], world.things["conversation"]
    Staff.objects.filter(user=buyer).delete()
    Staff.objects.create(company=make_buyer(world.fair).company, user=buyer, position="sales")
    page = reverse("chat:conversation", args=[world.fair.slug, first.pk])
    assert signed_in(world, "buyer").get(page).status_code == 404
    booth = world.things["booth"]
    assert SECRET not in signed_in(world, "buyer").get(booth.get_absolute_url()).content.decode()
    again = open_inquiry(actor(buyer), booth=booth.pk, now=timezone.now())
    assert again.conversation_id != first.pk and Inquiry.objects.get() == again
    assert not again.conversation.messages.exists()
    assert SECRET in signed_in(world, "seller").get(page).content.decode()


def test_a_former_sender_is_not_named_when_the_request_is_accepted(world: World) -> None:
    request = world.things["request"]
    sender, successor = world.people["other_buyer"], make_staff(request.sender)
    Staff.objects.filter(user=sender).delete()
    assert free_staff(request.sender, world.slots[4], [sender]) == [successor]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [resigns, company_is_refused, loses_position, goes_to_a_rival])
async def test_an_open_socket_loses_conversation_and_meeting(end: Change) -> None:
    world = await sync_to_async(lambda: with_messages(make_world()))()
    clerk = world.people["clerk"]
    client = await Client.open(await sync_to_async(session_of)(clerk))
    topics = [f"chat:{world.things['conversation'].pk}", f"meeting:{world.things['meeting'].pk}"]
    for topic in topics:
        assert (await client.send("join", topic=topic))["type"] == "ok"
    assert (await client.send("enter", topic=topics[1]))["type"] == "ok"
    await sync_to_async(end)(world)
    # Commands are refused at once, before the periodic check of the open sockets.
    post = {"client_id": "6f0f2c1e-51d4-4a0c-9d0b-7a6f2a1c2021", "body": SECRET}
    assert (await client.send("message.post", topic=topics[0], **post)).get("code") == "not_found"
    [socket] = OPEN_SOCKETS
    assert await sync_to_async(recheck)([socket.identity]) == ["changed"]
    await socket.recheck()
    assert [await client.event("left") for _ in topics] == [
        {"type": "left", "topic": topic, "code": "not_found"} for topic in topics
    ]
    assert await sync_to_async(world.things["meeting"].attendances.filter(left_at=None).count)() == 0
    await client.close()
