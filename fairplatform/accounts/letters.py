"""The letter with which somebody chooses a new password."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from fairplatform.letters import retried

from .models import User


@task()
def send_reset(user: int, tries: int = 0) -> int:
    """Sends it to a person in their own language; returns how many were sent.

    As a task: how long a response takes must not say whether an address belongs to somebody.
    """
    with retried(send_reset, user, tries):
        return _send(user)


def _send(user: int) -> int:
    person = User.objects.filter(pk=user, is_active=True, is_demo=False).first()
    if person is None or not person.email:
        return 0
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    key = {"uidb36": user_pk_to_url_str(person), "key": token}
    link = f"{settings.PUBLIC_URL}{reverse('account_reset_password_from_key', kwargs=key)}"
    with translation.override(person.language):
        subject = render_to_string("account/email/password_reset_key_subject.txt")
        body = render_to_string("account/email/password_reset_key_message.txt", {"password_reset_url": link})
    return send_mail(subject.strip(), body, None, [person.email])
