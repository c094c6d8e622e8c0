"""Letters go out as tasks, and are tried again while the mail server is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPException

from django.utils import timezone
from django_tasks.base import Task

# How long a letter that could not be sent waits before it is tried again, each time longer; then it is given up.
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))


@contextmanager
def tried_again(letter: Task[[int, int], int], about: int, tries: int) -> Iterator[None]:
    """Within it the task `letter` sends; where the mail server is away the task fails, and another tries again later.

    It is the same task about the same row, told how often it was tried, so the letter is written anew each time.
    """
    try:
        yield
    except (OSError, SMTPException):
        if tries < len(WAITS):
            letter.using(run_after=timezone.now() + WAITS[tries]).enqueue(about, tries + 1)
        raise
