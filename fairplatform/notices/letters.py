"""A notice as a letter, in the recipient's language and with the times of their country."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from fairplatform.letters import retried

from .models import Notice
from .sentences import sentence


@task()
def send_letter(notice: int, tries: int = 0) -> int:
    """Sends the letter of one notice unless it has been read; returns how many were sent, 0 or 1."""
    with retried(send_letter, notice, tries):
        return _send(notice)


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
    # A name in it may contain a line break; a subject may not.
    return send_mail(" ".join(text.split()), body, None, [row.recipient.email])
