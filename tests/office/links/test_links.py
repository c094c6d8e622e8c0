"""Handing out personal links: who may be let in by whom, what is shown once, and what is remembered of it."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fairplatform.accounts.models import AuditEntry, PersonalLink, User
from fairplatform.fairs.models import Fair, FairDay, RecruitingUnit, Registration, RoleAssignment
from fairplatform.office.links import actions
from fairplatform.office.links.letters import send_access, send_portion
from fairplatform.office.links.queries import people, state_of
from tests.factories import (
    NOW,
    make_buyer,
    make_exhibitor,
    make_fair,
    make_person,
    make_role,
    make_staff,
    three,
)
from tests.office.links.handing_out import entered, handouts, issue, registered, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.either]


def shown(client: Client, fair: Fair, **filters: Any) -> set[int]:
    return {row.pk for row, *_ in client.get(f"/fairs/{fair.slug}/organise/links/", filters).context["rows"]}


def test_state_follows_what_becomes_of_the_link(fair: Fair) -> None:
    row = registered(fair, make_person())

    def state(at: Any = NOW) -> str:
        return state_of(people(fair, at).get(pk=row.pk))

    assert state() == "none"
    PersonalLink.issue(row.user, now=NOW)
    assert state() == "handed_out"
    Registration.objects.filter(pk=row.pk).update(link_opened_at=NOW + timedelta(hours=1))
    assert state() == "opened"
    assert state(NOW + timedelta(days=14)) == "expired"
    PersonalLink.issue(row.user, now=NOW + timedelta(days=2))
    assert state() == "handed_out"
    PersonalLink.objects.update(tries=5)
    assert state() == "expired"
    User.objects.filter(pk=row.user_id).update(is_active=False)
    assert state() == "deactivated"
    # Whether the account of somebody who is only invited is active is not told.
    Registration.objects.filter(pk=row.pk).update(accepted_at=None)
    assert state() == "invited"


def test_the_list_is_narrowed_by_unit_role_words_and_state(fair: Fair, organiser: Client) -> None:
    unit = RecruitingUnit.objects.create(fair=fair, name=three("Lahore Chamber"), country="PK")
    buyers = make_buyer(fair)
    buyers.unit = unit
    buyers.save()
    manager = registered(fair, make_staff(buyers, name={"en": "Ayesha", "ur": "عائشہ کریم"}))
    clerk = registered(fair, make_staff(make_exhibitor(fair), is_manager=False, phone="+8613800138000"))
    delegate = registered(fair, make_role(fair, "delegated", unit=unit))
    interpreter = registered(fair, make_role(fair, "interpreter"))
    registered(make_fair(), manager.user)
    PersonalLink.issue(clerk.user, now=timezone.now())
    everyone = {manager.pk, clerk.pk, delegate.pk, interpreter.pk}
    company = buyers.company.name["en"]
    wanted = {
        (): everyone,
        ("unit", str(unit.pk)): {manager.pk, delegate.pk},
        ("role", "manager"): {manager.pk},
        ("role", "staff"): {clerk.pk},
        ("role", "interpreter"): {interpreter.pk},
        ("q", "ayesha"): {manager.pk},
        ("q", "كريم"): {manager.pk},  # as an Arabic keyboard writes it
        ("company", f"{company}（中）"): {manager.pk},
        ("q", "138 0013"): {clerk.pk},
        ("q", interpreter.user.email): {interpreter.pk},
        ("state", "handed_out"): {clerk.pk},
        ("state", "nonsense"): everyone,
    }
    got = {given: shown(organiser, fair, **dict([given] if given else [])) for given in wanted}
    assert got == wanted


def test_the_list_asks_the_same_number_of_queries_for_few_and_for_many(
    fair: Fair, organiser: Client, django_assert_num_queries: Any
) -> None:
    address = f"/fairs/{fair.slug}/organise/links/"
    registered(fair, make_staff(make_exhibitor(fair)))
    organiser.get(address)
    with django_assert_num_queries(100, exact=False) as few:
        organiser.get(address)
    cost = len(few)
    for _ in range(5):
        registered(fair, make_staff(make_buyer(fair)))
        registered(fair, make_role(fair, "interpreter"))
    organiser.get(address)
    with django_assert_num_queries(cost):
        organiser.get(address)


@pytest.mark.parametrize("medium", ["cards", "list", "messages"])
def test_what_is_handed_out_lets_each_person_in(fair: Fair, organiser: Client, medium: str) -> None:
    rows = [registered(fair, make_staff(make_exhibitor(fair), language=code)) for code in ("en", "zh-hans", "ur", "fr")]
    page = issue(organiser, fair, *rows, medium=medium)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    given = handouts(page)
    assert [entered(one.link, one.code) for one in given] == [row.user for row in rows]
    assert [one.language for one in given] == ["en", "zh-hans", "ur", "en"]
    for one in given:
        assert one.link in page.text
        assert (f'<bdi dir="ltr">{one.spaced_code}</bdi>' if medium != "messages" else one.code) in page.text
        assert one.user.name["en"] in page.text
    assert page.text.count('<svg viewBox="0 0') == (0 if medium == "messages" else 4)
    assert re.findall(r"<svg[^>]*\sstyle=", page.text) == []


def test_a_card_shows_both_scripts_and_the_company(fair: Fair, organiser: Client) -> None:
    exhibitor = make_exhibitor(fair)
    row = registered(fair, make_staff(exhibitor, name={"en": "Zhao Min", "zh-hans": "赵敏"}, language="zh-hans"))
    [card] = re.findall(r'<li class="handout".*?</li>\s*</ul>', issue(organiser, fair, row).text, re.DOTALL)
    assert 'lang="zh-Hans" dir="ltr"' in card
    for words in ("Zhao Min", "赵敏", exhibitor.company.name["zh-hans"], fair.name["zh-hans"]):
        assert words in card


def test_a_message_is_in_the_language_of_its_person(fair: Fair, organiser: Client) -> None:
    row = registered(fair, make_person(language="en", salutation="ms", name={"en": "Zhao Min"}))
    [one] = handouts(issue(organiser, fair, row, medium="messages"))
    assert one.message.splitlines() == [
        "Dear Ms Zhao Min,",
        f"Here is your personal access to {fair.name['en']}. Open the link and enter the code.",
        one.link,
        f"Entry code: {one.code}",
        one.valid_until,
        "Keep link and code to yourself: anyone who has both can sign in as you.",
    ]


def test_a_new_link_ends_the_earlier_one_and_leaves_others_alone(fair: Fair, organiser: Client) -> None:
    row, other = registered(fair, make_person()), registered(fair, make_person())
    [first, others] = handouts(issue(organiser, fair, row, other))
    [second] = handouts(issue(organiser, fair, only=row.pk))
    assert entered(first.link, first.code).is_anonymous
    assert entered(second.link, second.code) == row.user
    assert entered(others.link, others.code) == other.user


def test_everyone_is_everyone_whom_the_filter_finds(fair: Fair, organiser: Client) -> None:
    interpreters = [registered(fair, make_role(fair, "interpreter")) for _ in range(3)]
    registered(fair, make_person())
    page = issue(organiser, fair, everyone="on", filtered="role=interpreter")
    assert [one.user for one in handouts(page)] == [row.user for row in interpreters]


def test_whom_an_organiser_may_not_come_in_as_is_left_out(fair: Fair, organiser: Client) -> None:
    foreign = make_role(make_fair(), "organiser")
    own = User.objects.get(pk=organiser.session["_auth_user_id"])
    both = make_role(fair, "organiser")
    RoleAssignment.objects.create(
        fair=RoleAssignment.objects.create(fair=make_fair(), user=own, role="organiser").fair,
        user=both,
        role="organiser",
    )
    rows = [
        registered(fair, make_person(), accepted_at=None),
        registered(fair, make_person(is_active=False)),
        registered(fair, make_person(is_demo=True)),
        registered(fair, foreign),
        registered(make_fair(), make_person()),
        registered(fair, both),
    ]  # fmt: skip
    page = issue(organiser, fair, *rows[:4], rows[5])
    assert [one.user for one in handouts(page)] == [both]
    assert (page.context["issued"].elsewhere, page.context["issued"].left_out) == ([rows[3]], 2)
    assert PersonalLink.objects.count() == 1
    # Somebody of another fair cannot even be chosen.
    assert issue(organiser, fair, rows[4]).status_code == 302
    assert PersonalLink.objects.count() == 1


def test_who_is_in_a_fair_of_others_is_named_with_a_way_in(fair: Fair, organiser: Client) -> None:
    """A link seen here would sign in to the other fair, too: it is for email, or for whoever runs the server."""
    with_address, without = (registered(fair, make_role(make_fair(), "interpreter")) for _ in range(2))
    User.objects.filter(pk=without.user_id).update(email=None)
    page = issue(organiser, fair, with_address, without)
    assert page.context["issued"].elsewhere == [with_address, without]
    assert page.text.count("manage.py issue_link") == page.text.count(f"manage.py issue_link {without.user_id}<") == 1
    assert (page.text.count("has an email address"), PersonalLink.objects.count()) == (1, 0)


def test_too_many_at_once_are_refused_before_any_link_ends(
    fair: Fair, organiser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    rows = [registered(fair, make_person()) for _ in range(2)]
    issued = PersonalLink.issue(rows[0].user, now=timezone.now())
    page = organiser.get(issue(organiser, fair, *rows).headers["Location"])
    assert "Choose up to 1 people at once" in page.text
    assert PersonalLink.objects.get() == issued.link


def test_nobody_chosen_is_said_and_changes_nothing(fair: Fair, organiser: Client) -> None:
    registered(fair, make_person())
    answer = issue(organiser, fair, filtered="role=interpreter")
    assert answer.headers["Location"] == f"/fairs/{fair.slug}/organise/links/?role=interpreter"
    assert "Choose at least one person." in organiser.get(answer.headers["Location"]).text
    assert not PersonalLink.objects.exists()


def test_handing_out_is_in_the_audit_log_without_link_or_code(fair: Fair, organiser: Client) -> None:
    rows = [registered(fair, make_person()) for _ in range(2)]
    given = handouts(issue(organiser, fair, *rows, medium="list"))
    entry = AuditEntry.objects.get()
    assert (entry.fair, entry.object, entry.permission) == (fair, f"fairs.fair:{fair.pk}", "fair.organise")
    assert entry.after == {"links": "list", "registrations": [row.pk for row in rows]}
    stored = str(list(AuditEntry.objects.values())) + str(list(DBTaskResult.objects.values()))
    assert [secret in stored for one in given for secret in (one.code, one.link)] == [False] * 4


def test_letters_bring_a_link_to_each_address_and_only_an_invitation_to_the_invited(
    fair: Fair, organiser: Client
) -> None:
    row = registered(fair, make_person(language="en"))
    invited = registered(fair, make_person(), accepted_at=None)
    silent = registered(fair, make_person(email=None))
    answer = issue(organiser, fair, row, invited, silent, medium="letters")
    page = organiser.get(answer.headers["Location"]).text
    assert "2 emails are on their way." in page
    assert "1 person has no email address or is deactivated." in page
    [task] = DBTaskResult.objects.all()
    assert (task.task_path, task.args_kwargs["args"]) == (send_portion.module_path, [])
    assert send_portion.call() == 2
    assert [send_access.call(one.pk) for one in (row, invited, silent)] == [1, 1, 0]
    access, invitation = mail.outbox
    assert (access.to, invitation.to) == ([row.user.email], [invited.user.email])
    [link] = re.findall(r"http\S+/accounts/enter/\S+", access.body)
    [code] = re.findall(r"entry code (\d{6})\.", access.body)
    assert entered(link, code) == row.user
    assert f"http://127.0.0.1:8000/fairs/{fair.slug}/registration/" in invitation.body
    assert PersonalLink.objects.filter(user=invited.user).count() == 0
    assert AuditEntry.objects.get().after == {"letters": [row.pk, invited.pk]}


def test_letters_to_nobody_with_an_address_are_not_said_to_be_on_their_way(fair: Fair, organiser: Client) -> None:
    answer = issue(organiser, fair, registered(fair, make_person(email=None)), medium="letters")
    page = organiser.get(answer.headers["Location"]).text
    assert "No email has been sent." in page
    assert "1 person has no email address or is deactivated." in page
    assert "on their way" not in page


def test_people_of_another_fair_too_get_their_link_by_letter_alone(fair: Fair, organiser: Client) -> None:
    """A link signs in to every fair of its person, and whoever prints it could use it. An invitation bars nobody."""
    in_both, asked, own = (registered(fair, make_person()) for _ in range(3))
    registered(make_fair(), in_both.user)
    Registration.objects.create(fair=make_fair(), user=asked.user, invitation={"role": "organiser"})
    page = issue(organiser, fair, in_both, asked, own)
    assert [one.user for one in handouts(page)] == [asked.user, own.user]
    assert not PersonalLink.objects.filter(user=in_both.user).exists()


def test_the_button_of_one_person_makes_a_new_code(fair: Fair, organiser: Client) -> None:
    row = registered(fair, make_person())
    page = organiser.post(f"/fairs/{fair.slug}/organise/links/issue/", {"only": row.pk}, follow=True)
    assert [one.user for one in handouts(page)] == [row.user]


def test_a_key_that_no_row_can_have_chooses_nobody(fair: Fair, organiser: Client) -> None:
    answer = organiser.post(f"/fairs/{fair.slug}/organise/links/issue/", {"people": "9" * 20, "medium": "cards"})
    assert answer.status_code == 302


def test_somebody_only_invited_is_called_and_found_as_the_organiser_wrote(fair: Fair, organiser: Client) -> None:
    person = make_person(name={"en": "Real Name"}, phone="+8613800138000")
    row = Registration.objects.create(
        fair=fair, user=person, invitation={"role": "liaison", "name": {"en": "Our Guest"}}
    )
    page = organiser.get(f"/fairs/{fair.slug}/organise/links/").text
    assert ("Our Guest" in page, "Real Name" in page) == (True, False)
    found = [shown(organiser, fair, **{name: value}) for name, value in (("q", "guest"), ("role", "liaison"))]
    assert found == [{row.pk}, {row.pk}]
    assert [shown(organiser, fair, q=words) for words in ("real", "+86138", person.email or "")] == [set()] * 3


def test_who_is_only_invited_gets_an_invitation_that_lets_nobody_in(fair: Fair, organiser: Client) -> None:
    stranger = make_role(make_fair(), "interpreter")
    User.objects.filter(pk=stranger.pk).update(email=None, name=three("Secret"), language="ur")
    own = PersonalLink.issue(User.objects.get(pk=stranger.pk), now=timezone.now())
    row = registered(fair, stranger)
    invitation = {"role": "interpreter", "language_pairs": ["zh-ur"], "name": {"en": "Called"}}
    Registration.objects.filter(pk=row.pk).update(accepted_at=None, invitation=invitation)
    page = issue(organiser, fair, row, medium="messages")
    [(name, message)] = page.context["invitations"]
    path = f"/fairs/{fair.slug}/registration/"
    assert (name, message.splitlines()[1]) == ({"en": "Called"}, f"http://127.0.0.1:8000{path}")
    assert (page.context["issued"].links, page.context["issued"].left_out) == ([], 0)
    assert "Secret" not in page.text
    other, theirs = Client(), Client()
    assert other.get(path)["Location"].startswith("/accounts/login/")
    other.force_login(make_person())
    assert other.post(path, {"purpose": "on"}).status_code == 404
    # Their own link still signs them in, leads to the invitation, and its session outlives the answer.
    theirs.post(f"/accounts/enter/{own.secret}/", {"code": own.code})
    assert theirs.get("/arrival/")["Location"] == path
    answered: Any = theirs.post(path, {"purpose": "on"})
    assert get_user(theirs) == stranger
    # Without an email address the new way in is shown to them alone.
    assert entered(answered.context["address"], answered.context["code"]) == stranger
    assert entered(f"/accounts/enter/{own.secret}/", own.code).is_anonymous
    assert list(fair.roles.values_list("user", "role")).count((stranger.pk, "interpreter")) == 1


@pytest.mark.parametrize("medium", ["cards", "list", "messages", "letters"])
def test_a_link_on_paper_lasts_to_the_end_of_the_fair_and_names_its_last_date(
    fair: Fair, organiser: Client, medium: str
) -> None:
    row = registered(fair, make_staff(make_exhibitor(fair)))
    me, last_day = User.objects.get(pk=organiser.session["_auth_user_id"]), NOW + timedelta(days=30)
    FairDay.objects.create(fair=fair, number=1, date=NOW.date(), zone="Asia/Shanghai")
    FairDay.objects.create(fair=fair, number=2, date=last_day.date(), zone="Asia/Karachi")
    with time_machine.travel(NOW, tick=False):
        page = issue(organiser, fair, row, medium=medium)
        if medium == "letters":
            send_portion.call()
            send_access.call(row.pk)
            said = str(mail.outbox[0].body)
            [link] = re.findall(r"http://\S+/enter/\S+", said)
            [code] = re.findall(r"\b\d{6}\b", said)
        else:
            [given] = handouts(page)
            said, link, code = page.text, given.link, given.code
    assert "Valid until 15 Jun 2020." in said
    [stored] = PersonalLink.objects.all()
    assert stored.expires_at == datetime(2020, 6, 15, 0, 0, tzinfo=ZoneInfo("Asia/Karachi"))
    with time_machine.travel(last_day, tick=False):
        assert entered(link, code) == row.user
    # After the fair a link lasts as long as anywhere else.
    with time_machine.travel(last_day + timedelta(days=10), tick=False):
        [again] = handouts(issue(signed_in(me), fair, row))
        assert PersonalLink.objects.get().expires_at == last_day + timedelta(days=24)
        assert again.valid_until == "Valid until 7 Jul 2020."
