"""Signing in without an e-mail address."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fairplatform.errors import Refused
from fairplatform.i18n.middleware import language_for, set_language_cookie
from fairplatform.policy import permits

from .actions import enter_by_link, usable_link
from .forms import CodeForm
from .models import PersonalLink
from .request import FairRequest


@never_cache
@require_http_methods(["GET", "POST"])
@permits("page.open")
def enter(request: FairRequest, secret: str) -> HttpResponse:
    """The page of a personal link: asks for its code in its person's language, then signs them in."""
    now = timezone.now()
    try:
        link = usable_link(secret=secret, now=now)
    except Refused:
        return _of_no_use(request)
    request.LANGUAGE_CODE = language_for(request, link.user.language)
    with translation.override(request.LANGUAGE_CODE):
        response = _ask(request, link, secret, now)
    response.headers["Content-Language"] = request.LANGUAGE_CODE
    return response


def _ask(request: FairRequest, link: PersonalLink, secret: str, now: datetime) -> HttpResponse:
    form = CodeForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            login(request, enter_by_link(secret=secret, code=form.cleaned_data["code"], now=now))
            response = redirect(_arrival(request))
            set_language_cookie(response, request.LANGUAGE_CODE)
            return response
    except Refused as refused:
        if refused.code == "link_invalid":
            return _of_no_use(request)
        form.add_error("code", refused.sentence)
    return render(request, "accounts/enter.html", {"link": link, "form": form})


def _arrival(request: FairRequest) -> str:
    """Where they arrive: with the page that the link was handed out for, which is opened if nothing else waits."""
    wanted = request.GET.get("next")
    return reverse(settings.LOGIN_REDIRECT_URL) + (f"?{urlencode({'next': wanted})}" if wanted else "")


def _of_no_use(request: FairRequest) -> HttpResponse:
    return render(request, "accounts/enter.html", {"link": None}, status=404)
