"""Retries for letters (e-mails), which are sent by tasks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPException

from django.utils import timezone
from django_tasks.base import Task

# After a failure, until the next try; after the last of them a letter is given up.
RETRY_DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))


@contextmanager
def retried(letter: Task[[int, int], int], key: int, tries: int) -> Iterator[None]:
    """Within it the task `letter` sends. If the mail server cannot be reached, the task fails and another is enqueued.

    That one is the same task with the same key and one more in `tries`: it composes the letter from the present row.
    """
    try:
        yield
    except (OSError, SMTPException):
        if tries < len(RETRY_DELAYS):
            letter.using(run_after=timezone.now() + RETRY_DELAYS[tries]).enqueue(key, tries + 1)
        raise
