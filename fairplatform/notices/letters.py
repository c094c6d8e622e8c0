"""A notice as a letter, in the recipient's own language and on their own clock."""

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from .models import Notice
from .sentences import sentence

# How long a letter that could not be sent waits before it is tried again, each time longer; then it is given up.
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))


@task()
def send_letter(notice: int, tries: int = 0) -> int:
    """Sends the letter of one notice, unless it was read meanwhile; returns how many were sent.

    Where the mail server is away this task fails, and is seen to; another one tries again later.
    """
    try:
        return _send(notice)
    except (OSError, SMTPException):
        if tries < len(WAITS):
            send_letter.using(run_after=timezone.now() + WAITS[tries]).enqueue(notice, tries + 1)
        raise


def _send(notice: int) -> int:
    row = Notice.objects.filter(pk=notice, read_at=None).select_related("recipient", "fair").first()
    if row is None or not row.recipient.email:
        return 0
    person = row.recipient
    text = sentence(row.code, row.parameters, language=person.language, country=person.country)
    with translation.override(person.language):
        letter = {
            "person": person,
            "text": text,
            "fair": row.fair,
            "link": f"{settings.PUBLIC_URL}{row.path}" if row.path else settings.PUBLIC_URL,
        }
        body = render_to_string("notices/letter.txt", letter)
    # A name in it may hold a line break; a subject may not.
    return send_mail(" ".join(text.split()), body, None, [row.recipient.email])
