"""Letters with links to many people: at the pace of a mail server, each once, and what became of each."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fairplatform.accounts.models import AuditEntry, PersonalLink, User
from fairplatform.fairs.models import Fair, Registration
from fairplatform.letters import RETRY_DELAYS
from fairplatform.office.links.letters import send_access, send_portion
from tests.factories import NOW, make_exhibitor, make_fair, make_person, make_role, make_staff
from tests.office.links.handing_out import entered, issue, registered, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.office.links.letters")]


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def pace(settings: Any) -> None:
    settings.LETTERS_PER_MINUTE = 2


class BrokenServer:
    """A mail server that takes no letter."""

    def __init__(self, **_: Any) -> None: ...

    def send_messages(self, _letters: Any) -> int:
        raise SMTPException("452 too many recipients")


@pytest.fixture
def people(fair: Fair) -> list[Registration]:
    return [registered(fair, make_staff(make_exhibitor(fair))) for _ in range(5)]


def queued() -> list[int]:
    """Whose letters have been given to the queue, in their order."""
    rows = DBTaskResult.objects.filter(task_path=send_access.module_path).order_by("enqueued_at", "args_kwargs")
    return sorted(row.args_kwargs["args"][0] for row in rows)


def said(client: Client, answer: Any) -> str:
    page: str = client.get(answer.headers["Location"]).text
    return page


def states(client: Client, fair: Fair, **filters: str) -> dict[int, str]:
    rows = client.get(f"/fairs/{fair.slug}/organise/links/", filters).context["rows"]
    return {row.pk: letter.value for row, *_, letter in rows}


def test_letters_go_out_a_portion_a_minute(
    fair: Fair, organiser: Client, people: list[Registration], clock: Any
) -> None:
    page = said(organiser, issue(organiser, fair, *people, medium="letters"))
    assert "5 emails are on their way." in page
    assert "They go out over about 3 minutes" in page
    keys = [row.pk for row in people]
    for minute, so_far in enumerate((2, 4, 5, 5)):
        clock.move_to(NOW + timedelta(minutes=minute, seconds=minute))
        # However many of these tasks there are, they keep the pace together.
        assert [send_portion.call(), send_portion.call()] == [min(2, max(0, 5 - 2 * minute)), 0]
        assert queued() == keys[:so_far]
    # While others waited, each came again in a minute.
    again = DBTaskResult.objects.filter(task_path=send_portion.module_path, run_after__lt=NOW + timedelta(hours=1))
    assert sorted(again.values_list("run_after", flat=True)) == [
        NOW + timedelta(minutes=minute, seconds=seconds) for minute, seconds in ((1, 0), (1, 0), (2, 1), (2, 1))
    ]


def test_a_later_fair_waits_behind_those_who_asked_before(fair: Fair, organiser: Client, people: Any) -> None:
    other = make_fair()
    late = registered(other, make_person())
    issue(organiser, fair, *people[:3], medium="letters")
    with time_machine.travel(NOW + timedelta(seconds=1), tick=False):
        issue(signed_in(make_role(other, "organiser")), other, late, medium="letters")
        send_portion.call()
        assert queued() == [people[0].pk, people[1].pk]
    with time_machine.travel(NOW + timedelta(seconds=62), tick=False):
        send_portion.call()
    assert queued() == [people[0].pk, people[1].pk, people[2].pk, late.pk]


def test_pressing_twice_sends_once(fair: Fair, organiser: Client, people: list[Registration], clock: Any) -> None:
    issue(organiser, fair, *people[:2], medium="letters")
    second = signed_in(make_role(fair, "organiser"))
    page = said(second, issue(second, fair, *people[:2], medium="letters"))
    assert "2 people already have an email on its way" in page
    assert "emails are on their way" not in page
    assert send_portion.call() == 2
    assert [send_access.call(row.pk) for row in people[:2]] == [1, 1]
    clock.move_to(NOW + timedelta(minutes=9))
    page = said(organiser, issue(organiser, fair, *people[:3], medium="letters"))
    assert ["2 people already have an email" in page, "1 email is on its way." in page] == [True, True]
    assert [entry.after for entry in AuditEntry.objects.order_by("pk")] == [
        {"letters": [people[0].pk, people[1].pk]}, {"letters": [people[2].pk]},
    ]  # fmt: skip
    clock.move_to(NOW + timedelta(minutes=11))
    assert "2 emails are on their way." in said(organiser, issue(organiser, fair, *people[:2], medium="letters"))


def test_what_became_of_each_letter_is_shown_and_searched(
    fair: Fair, organiser: Client, people: list[Registration], settings: Any
) -> None:
    sent, opened, failed, waits, none = people
    issue(organiser, fair, sent, opened, failed, waits, medium="letters")
    send_portion.call()
    assert [send_access.call(row.pk) for row in (sent, opened)] == [1, 1]
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"
    for tries in (0, len(RETRY_DELAYS)):
        with pytest.raises(SMTPException):
            send_access.call(failed.pk, tries)
        expected = "failed" if tries else "waiting"
        assert states(organiser, fair)[failed.pk] == expected
    Registration.objects.filter(pk=opened.pk).update(link_opened_at=timezone.now() + timedelta(hours=1))
    assert states(organiser, fair) == {
        sent.pk: "sent", opened.pk: "sent", failed.pk: "failed", waits.pk: "waiting", none.pk: "none",
    }  # fmt: skip
    found = {state: set(states(organiser, fair, letter=state)) for state in ("sent", "failed", "waiting", "none")}
    assert found == {
        "sent": {sent.pk, opened.pk}, "failed": {failed.pk}, "waiting": {waits.pk}, "none": {none.pk},
    }  # fmt: skip
    assert set(states(organiser, fair, letter="sent", state="opened")) == {opened.pk}
    page = organiser.get(f"/fairs/{fair.slug}/organise/links/").text.partition("<tbody>")[2]
    assert [page.count(f"Email {words}") for words in ("sent", "could not be sent", "waits to be sent")] == [2, 1, 1]
    # Whoever was not reached may be written to again at once.
    assert "1 email is on its way." in said(organiser, issue(organiser, fair, failed, medium="letters"))
    assert states(organiser, fair)[failed.pk] == "waiting"


def test_a_letter_brings_a_link_that_lets_its_person_in(fair: Fair, organiser: Client, people: Any) -> None:
    issue(organiser, fair, people[0], medium="letters")
    send_portion.call()
    assert not PersonalLink.objects.exists()  # it is made when the letter is sent
    send_access.call(people[0].pk)
    body = mail.outbox[0].body
    [link] = [word for word in body.split() if "/accounts/enter/" in word]
    code = body.partition("entry code ")[2][:6]
    assert entered(link, code) == people[0].user


def test_who_has_lost_the_access_meanwhile_gets_no_letter(fair: Fair, organiser: Client, people: Any) -> None:
    issue(organiser, fair, *people[:2], medium="letters")
    send_portion.call()
    User.objects.filter(pk=people[0].user_id).update(is_active=False)
    people[1].delete()
    assert [send_access.call(pk) for pk in queued()] == [0, 0]
    assert (mail.outbox, states(organiser, fair)[people[0].pk]) == ([], "failed")
