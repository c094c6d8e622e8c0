"""The letter that lets a person in: with their link and entry code, or to answer an invitation."""

from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext
from django_tasks import task

from fairplatform.accounts.letters import Letter, send
from fairplatform.accounts.models import PersonalLink
from fairplatform.db.sql import chunks
from fairplatform.fairs.models import Registration
from fairplatform.fairs.models.registration import RegistrationQuerySet
from fairplatform.i18n.text import isolated
from fairplatform.letters import RETRY_DELAYS, retried

from .handout import invitation_address, invitation_text, language_of, link_address, valid_until

JUST_SENT = timedelta(minutes=10)  # within which nobody is sent a second letter: whoever presses twice means one
GIVEN_UP = timedelta(days=1)  # after which a letter that neither went nor failed may be asked for again
PACE = timedelta(minutes=1)


@task()
def send_access(registration: int, tries: int = 0) -> int:
    """Sends it to the address of a registration's person; returns how many were sent, 0 or 1.

    The link is issued only now, so that neither it nor its code is ever stored, in no task either.
    """
    row = Registration.objects.filter(pk=registration)
    try:
        with retried(send_access, registration, tries):
            sent = _send(registration)
    except (OSError, SMTPException):
        if tries >= len(RETRY_DELAYS):
            row.update(letter_failed_at=timezone.now())
        raise
    row.update(**{"letter_sent_at" if sent else "letter_failed_at": timezone.now()})
    return sent


@task()
def send_portion() -> int:
    """Gives the next letters that wait their turn, as many as a minute may have; returns how many.

    While others wait it comes again in a minute. Any number of these at once keep the pace together: what was given a
    turn within the last minute counts, whoever did it, also after a time in which no task ran.
    """
    now = timezone.now()
    with transaction.atomic():
        rows = waiting().select_for_update(of=("self",)).order_by("letter_asked_at", "pk")
        first = list(rows.values_list("pk", flat=True)[: settings.LETTERS_PER_MINUTE])
        taken = Registration.objects.filter(letter_queued_at__gt=now - PACE).count()
        given = first[: max(0, settings.LETTERS_PER_MINUTE - taken)]
        Registration.objects.filter(pk__in=given).update(letter_queued_at=now)
        for registration in given:
            send_access.enqueue(registration)
        if waiting().exists():
            send_portion.using(run_after=now + PACE).enqueue()
    return len(given)


def ask(registrations: list[int], *, now: datetime) -> int:
    """Asks for a letter to each of them who has none on its way; returns how many.

    In the caller's transaction, which has locked the fair: of two that ask at once the second finds those of the first.
    """
    asked = 0
    for some in chunks(registrations):
        rows = Registration.objects.filter(pk__in=some).exclude(pk__in=under_way(now).values("pk"))
        asked += rows.update(letter_asked_at=now, letter_queued_at=None, letter_failed_at=None)
    if asked:
        send_portion.enqueue()
    return asked


def waiting() -> RegistrationQuerySet:
    """Those whose letter waits for its turn."""
    return Registration.objects.filter(letter_asked_at__isnull=False, letter_queued_at=None)


def under_way(now: datetime) -> RegistrationQuerySet:
    """Those whose letter is on its way, or has just been sent."""
    is_out = Q(letter_asked_at__gt=now - GIVEN_UP, letter_failed_at=None)
    is_out &= Q(letter_sent_at=None) | Q(letter_sent_at__lt=F("letter_asked_at"))
    return Registration.objects.filter(is_out | Q(letter_sent_at__gt=now - JUST_SENT))


def _send(registration: int) -> int:
    rows = Registration.objects.select_related("user", "fair")
    row = rows.filter(pk=registration, user__is_active=True, user__is_demo=False).first()
    if row is None or not row.user.email:
        return 0
    with translation.override(language_of(row.user)):
        return send(row.user, _invitation(row) if row.is_invitation else _access(row))


def _access(row: Registration) -> Letter:
    issued = PersonalLink.issue(row.user, now=timezone.now(), until=row.fair.links_last_until())
    fair = str(row.fair.name)
    return Letter(
        fair=fair,
        subject=gettext("Your personal link to the fair"),
        text=gettext("You are registered for %(fair)s. Open your personal link and enter the entry code %(code)s.")
        % {"fair": isolated(fair), "code": issued.code},
        button=gettext("Open the fair"),
        link=link_address(issued),
        afterword=" ".join(
            (
                valid_until(issued, row.fair),
                gettext("Keep link and code to yourself: anyone who has both can sign in as you."),
            )
        ),
    )


def _invitation(row: Registration) -> Letter:
    """Without a link: their account is another fair's, which has let them in already."""
    fair = str(row.fair.name)
    return Letter(
        fair=fair,
        subject=gettext("Invitation"),
        text=invitation_text(row),
        button=gettext("Answer the invitation"),
        link=invitation_address(row),
    )
