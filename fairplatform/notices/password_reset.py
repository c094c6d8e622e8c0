"""The letter with which somebody chooses a new password."""

from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django_tasks import task

from fairplatform.accounts.adapter import AccountAdapter
from fairplatform.accounts.letters import Letter, send
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from fairplatform.letters import retried

NOBODY = 0  # the key of no account


class LettersAdapter(AccountAdapter):
    """Sends the letter, which names a fair: accounts know of none."""

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        send_reset.enqueue(user.pk)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """For an address without an account: the same task, which finds nobody."""
        assert template_prefix == "account/email/unknown_account", template_prefix
        send_reset.enqueue(NOBODY)


@task()
def send_reset(user: int, tries: int = 0) -> int:
    """Sends it to a person in their own language; returns how many were sent.

    As a task, for every address one: how long a response takes must not say whether it belongs to somebody.
    """
    with retried(send_reset, user, tries):
        return _send(user)


def _send(user: int) -> int:
    person = User.objects.filter(pk=user, is_active=True, is_demo=False).first()
    if person is None or not person.email:
        return 0
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    key = {"uidb36": user_pk_to_url_str(person), "key": token}
    with translation.override(person.language):
        return send(person, _letter(person, reverse("account_reset_password_from_key", kwargs=key)))


def _letter(person: User, path: str) -> Letter:
    choose = gettext("Choose a new password")
    return Letter(
        fair=_fair_name(person),
        subject=choose,
        text=gettext(
            "We received a request to reset the password for your account. Open the link to choose a new password."
        ),
        button=choose,
        link=f"{settings.PUBLIC_URL}{path}",
        afterword=gettext("If you did not request this, ignore this email. Your password will not change."),
    )


def _fair_name(person: User) -> str:
    """The fair the person takes part in; of several the one that is not over, or, if that leaves any choice, none."""
    fairs = list(Fair.objects.visible_to(person).joined_by(person))
    meant = [fair for fair in fairs if fair.state != Fair.State.CLOSED] or fairs
    return str(meant[0].name) if len(meant) == 1 else gettext("Online trade fair")
