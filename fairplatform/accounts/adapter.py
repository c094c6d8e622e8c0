"""Where allauth meets our people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

from fairplatform.server.forwarded_headers import network_of

from . import known
from .letters import send_reset


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by organisers and invitations; nobody signs up by themselves.

    Wrong passwords are counted for an account together with where they come from, so that no stranger shuts its owner
    out and no neighbour a neighbour; and, but for browsers the account knows, for the account alone, so that nobody
    guesses on from many places. A personal link and a letter for a new password are the way in meanwhile.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        address = credentials.get("email", "")
        if known.browser(request, address):
            return
        anywhere = ratelimit.consume(
            request, app="allauth.account", action="login_failed_anywhere", key=address.lower()
        )
        if not anywhere:
            self._rollback_login_failed_rl_usage()
            raise self.validation_error("too_many_login_attempts")
        # What is given back when the password turns out to be right.
        if self._login_failed_rl_usage:
            self._login_failed_rl_usage.usage += anywhere.usage

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        place = known.browser(request, credentials.get("email", "")) or network_of(request.META.get("REMOTE_ADDR", ""))
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{place}"

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        send_reset.enqueue(user.pk)

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **details)
        if user.email:
            known.remember(request, response, user.email)
        return response
