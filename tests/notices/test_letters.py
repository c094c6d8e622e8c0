"""Letters while the mail server is away: seen to fail, tried again, and in nobody's way."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from fairplatform.letters import RETRY_DELAYS
from fairplatform.notices.actions import mark_read, unread
from fairplatform.operations.interrupted_tasks import LONGEST_RUN, MAX_RUNS, requeue_interrupted
from fairplatform.operations.workers import run_stored_tasks
from tests.factories import NOW, actor, make_person, three
from tests.notices.test_notices import notify_people

CLOSED = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "127.0.0.1",
    # Nobody listens there: it is no port that could be given to a program.
    "EMAIL_PORT": 1,
}


class Passes(threading.Event):
    """Lets the loop pass once without waiting, and ends it."""

    def wait(self, timeout: float | None = None) -> bool:
        passed, self.passed = getattr(self, "passed", False), True
        return passed


def work(at: Any) -> None:
    """What the loop of stored tasks does when it looks at this instant."""
    with time_machine.travel(at, tick=False):
        run_stored_tasks(Passes())


def states() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


@pytest.fixture
def away(db: Any, settings: Any) -> Any:
    for name, value in CLOSED.items():
        setattr(settings, name, value)
    return settings


@pytest.mark.django_db(transaction=True)
def test_a_letter_waits_for_the_mail_server(away: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        person = make_person(language="ur")
        notify_people(person, code="outcome_agreed", company=three("Yongkang Tools"))
    work(NOW)
    # What happened is known in the page all the same, and the failure to whoever looks after the fair.
    assert (unread(person), states()) == (1, ["FAILED", "READY"])
    work(NOW + RETRY_DELAYS[0] - timedelta(seconds=1))
    assert states() == ["FAILED", "READY"]
    work(NOW + RETRY_DELAYS[0])
    assert states() == ["FAILED", "FAILED", "READY"]
    away.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    work(NOW + RETRY_DELAYS[0] + RETRY_DELAYS[1])
    assert states() == ["FAILED", "FAILED", "SUCCESSFUL"]
    assert [letter.to for letter in mail.outbox] == [[person.email]]


@pytest.mark.django_db(transaction=True)
def test_it_is_given_up_after_the_last_wait(away: Any) -> None:
    at = NOW
    with time_machine.travel(NOW, tick=False):
        notify_people(make_person())
    work(at)
    for wait in RETRY_DELAYS:
        at += wait
        work(at)
    assert states() == ["FAILED"] * (1 + len(RETRY_DELAYS))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("cut_off", "after", "state"),
    [
        (1, timedelta(0), "RUNNING"),
        (1, LONGEST_RUN, "RUNNING"),
        (1, LONGEST_RUN + timedelta(seconds=1), "SUCCESSFUL"),
        (MAX_RUNS - 1, LONGEST_RUN + timedelta(seconds=1), "SUCCESSFUL"),
        (MAX_RUNS, LONGEST_RUN + timedelta(seconds=1), "RUNNING"),
    ],
)
def test_a_letter_whose_process_was_killed_is_sent_later(db: Any, cut_off: int, after: timedelta, state: str) -> None:
    with time_machine.travel(NOW, tick=False):
        notify_people(make_person())
    for number in range(cut_off):
        DBTaskResult.objects.get().claim(f"killed-{number}")
    DBTaskResult.objects.update(started_at=NOW)
    work(NOW + after)
    assert (states(), len(mail.outbox)) == ([state], int(state == "SUCCESSFUL"))


@pytest.mark.django_db(transaction=True)
def test_a_letter_whose_end_could_not_be_stored_is_sent_again_at_once(db: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        notify_people(make_person())
        DBTaskResult.objects.get().claim("this")
        DBTaskResult.objects.get().claim("another")
        requeue_interrupted("this")
        assert states() == ["RUNNING"]
        requeue_interrupted("another")
    assert states() == ["READY"]


@pytest.mark.django_db(transaction=True)
def test_it_holds_up_nothing_else_and_is_dropped_when_the_notice_was_read(away: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        late, gone = make_person(), make_person(email=None)
        notice = notify_people(late, gone)[0]
    work(NOW)
    away.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(NOW, tick=False):
        other = make_person()
        notify_people(other)
        mark_read(actor(late), notice=notice.pk, now=NOW)
    work(NOW)
    assert [letter.to for letter in mail.outbox] == [[other.email]]
    work(NOW + RETRY_DELAYS[0])
    assert [letter.to for letter in mail.outbox] == [[other.email]]
    assert states() == ["FAILED", "SUCCESSFUL", "SUCCESSFUL"]


@pytest.mark.django_db(transaction=True)
def test_the_letter_for_a_new_password_waits_for_the_mail_server(away: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        person = make_person()
        Client().post(reverse("account_reset_password"), {"email": person.email})
    work(NOW)
    assert states() == ["FAILED", "READY"]
    away.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    work(NOW + RETRY_DELAYS[0])
    assert states() == ["FAILED", "SUCCESSFUL"]
    assert [letter.to for letter in mail.outbox] == [[person.email]]
    # Written when it goes out, its link is good from then on.
    [link] = [word for word in mail.outbox[0].body.split() if "/accounts/password/reset/key/" in word]
    with time_machine.travel(NOW + RETRY_DELAYS[0], tick=False):
        assert Client().get(link.removeprefix(away.PUBLIC_URL)).status_code == 302  # to the form
