"""The letter that lets a person in: with their link and entry code, or to answer an invitation."""

from django.utils import timezone, translation
from django.utils.translation import gettext
from django_tasks import task

from fairplatform.accounts.letters import Letter, send
from fairplatform.accounts.models import PersonalLink
from fairplatform.fairs.models import Registration
from fairplatform.i18n.text import isolated
from fairplatform.letters import retried

from .handout import invitation_address, invitation_text, language_of, link_address


@task()
def send_access(registration: int, tries: int = 0) -> int:
    """Sends it to the address of a registration's person; returns how many were sent, 0 or 1.

    The link is issued only now, so that neither it nor its code is ever stored, in no task either.
    """
    with retried(send_access, registration, tries):
        return _send(registration)


@task()
def send_all(registrations: list[int]) -> int:
    """A letter to each of them, as a task of its own; here, because so many rows would hold up the organiser's page."""
    for registration in registrations:
        send_access.enqueue(registration)
    return len(registrations)


def _send(registration: int) -> int:
    rows = Registration.objects.select_related("user", "fair")
    row = rows.filter(pk=registration, user__is_active=True, user__is_demo=False).first()
    if row is None or not row.user.email:
        return 0
    with translation.override(language_of(row.user)):
        return send(row.user, _invitation(row) if row.is_invitation else _access(row))


def _access(row: Registration) -> Letter:
    issued = PersonalLink.issue(row.user, now=timezone.now())
    fair = str(row.fair.name)
    return Letter(
        fair=fair,
        subject=gettext("Your personal link to the fair"),
        text=gettext("You are registered for %(fair)s. Open your personal link and enter the entry code %(code)s.")
        % {"fair": isolated(fair), "code": issued.code},
        button=gettext("Open the fair"),
        link=link_address(issued),
        afterword=gettext("Keep link and code to yourself: anyone who has both can sign in as you."),
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
