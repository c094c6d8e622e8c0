"""The page of one's own tokens."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fairplatform.accounts.models import Token
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits

from ..kept import MINUTES_KEPT
from . import actions
from .forms import TokenForm
from .kept import keep, kept


@never_cache
@require_GET
@permits("tokens.keep", Fair, fair="slug")
def tokens(request: FairRequest, fair: Fair) -> HttpResponse:
    return _page(request, fair, TokenForm())


@require_POST
@permits("tokens.keep", Fair, fair="slug")
def make(request: FairRequest, fair: Fair) -> HttpResponse:
    """Makes a token, whose secret the next page shows."""
    form, now = TokenForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, fair, form)
    values = form.cleaned_data
    try:
        made = actions.make_token(request.actor, fair=fair.pk, name=values["name"], days=values["days"], now=now)
    except Refused as refused:
        if refused.code != "tokens_many":
            raise
        form.add_error(None, refused.sentence)
        return _page(request, fair, form)
    keep(request.session, *made, now=now)
    return redirect("office:tokens", fair=fair.slug)


@require_POST
@permits("tokens.keep", Fair, fair="slug")
def revoke(request: FairRequest, fair: Fair, token: int) -> HttpResponse:
    actions.revoke_token(request.actor, fair=fair.pk, token=token)
    messages.success(request, _("The token has been revoked. Programs can no longer use it."))
    return redirect("office:tokens", fair=fair.slug)


def _page(request: FairRequest, fair: Fair, form: TokenForm) -> HttpResponse:
    now = timezone.now()
    if form.is_bound:
        request.page_address = reverse("office:tokens", args=[fair.slug])
    context = {
        "fair": fair,
        "form": form,
        "made": kept(request.session, fair, request.actor.user, now=now),
        "minutes": MINUTES_KEPT,
        "tokens": Token.objects.filter(user=request.actor.user, fair=fair).order_by("-pk"),
        "now": now,
        "authorization": "Authorization: Bearer …",
        "addresses": [f"GET {reverse(f'api:{name}', args=[fair.slug])}" for name in ("outcomes", "ledger", "figures")],
    }
    return render(request, "office/tokens.html", context, status=409 if form.errors else 200)
