"""Signing in without an e-mail address."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fairplatform.errors import Refused
from fairplatform.policy import permits

from .actions import enter_by_link, usable_link
from .forms import CodeForm
from .request import FairRequest


@never_cache
@require_http_methods(["GET", "POST"])
@permits("page.open")
def enter(request: FairRequest, secret: str) -> HttpResponse:
    """The page of a personal link: asks for its code, then signs its person in."""
    now = timezone.now()
    form = CodeForm(request.POST or None)
    try:
        link = usable_link(secret=secret, now=now)
        if request.method == "POST" and form.is_valid():
            login(request, enter_by_link(secret=secret, code=form.cleaned_data["code"], now=now))
            return redirect(settings.LOGIN_REDIRECT_URL)
    except Refused as refused:
        if refused.code == "link_invalid":
            return render(request, "accounts/enter.html", {"link": None}, status=404)
        form.add_error("code", refused.sentence)
    return render(request, "accounts/enter.html", {"link": link, "form": form})
