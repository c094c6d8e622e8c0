"""How allauth signs people in here: no sign-up, and limits on wrong passwords."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

from fairplatform.server.forwarded_headers import network_of

from . import known_browsers


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by organisers and by invitation, never by signing up.

    Wrong passwords are counted by account and origin together (the browser if the account knows it, else the network),
    so that no stranger can lock the owner out, nor one neighbour another. For browsers that the account does not know
    they are also counted by account alone, so that nobody can guess from many places. A personal link, or a letter for
    a new password, still lets the owner in meanwhile.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        email = credentials.get("email", "")
        if known_browsers.browser_id(request, email):
            return
        anywhere = ratelimit.consume(request, app="allauth.account", action="login_failed_anywhere", key=email.lower())
        if not anywhere:
            self._rollback_login_failed_rl_usage()
            raise self.validation_error("too_many_login_attempts")
        # allauth takes this usage back when the password turns out to be right.
        if self._login_failed_rl_usage:
            self._login_failed_rl_usage.usage += anywhere.usage

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        browser = known_browsers.browser_id(request, credentials.get("email", ""))
        origin = browser or network_of(request.META.get("REMOTE_ADDR", ""))
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{origin}"

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **details)
        if user.email:
            known_browsers.remember(request, response, user.email)
        return response
