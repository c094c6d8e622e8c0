"""Entering the demonstration as one of its people: on this computer only, unless the operator says otherwise."""

import ipaddress
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.observability.duties import attempt
from fairplatform.pages.languages import keep
from fairplatform.policy import permits
from fairplatform.server.forwarded_headers import is_of_proxy

from .first import open_for
from .people import doors, others, user_of
from .plan import SLUG

DIARIES = frozenset({"exhibitor_manager", "exhibitor_staff", "buyer_lead", "buyer_staff", "interpreter"})
View = Callable[..., HttpResponse]


def demonstration_only(view: View) -> View:
    """Anybody who gets here may be anybody, so only who sits at this computer gets here."""

    @wraps(view)
    def guarded(request: FairRequest, **arguments: str) -> HttpResponse:
        if not settings.DEMO or not (settings.DEMO_PUBLIC or is_here(request)):
            raise Refused("demonstration_only")
        return view(request, **arguments)

    return guarded


def is_here(request: FairRequest) -> bool:
    """Whether the request comes from this computer, and not through a proxy that stands on it."""
    if any(map(is_of_proxy, request.headers)):
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


@require_GET
@never_cache
@permits("demonstration.enter")
@demonstration_only
def people(request: FairRequest) -> HttpResponse:
    """The four people one can be by one click, and a few more."""
    now = timezone.now()
    with attempt("demo.opening", is_vital=False):
        open_for(now)
    return render(request, "demo/people.html", {"doors": doors(now), "others": others()})


@require_POST
@permits("demonstration.enter")
@demonstration_only
def enter(request: FairRequest, key: str) -> HttpResponse:
    """Signs in as that person; with `language=own` the pages turn to what they read."""
    user, person = user_of(key)
    with attempt("demo.opening", is_vital=False):
        open_for(timezone.now())
    login(request, user)
    response = redirect(_first_page(person.role), fair=SLUG)
    if request.POST.get("language") == "own":
        keep(response, person.language)
    return response


def _first_page(role: str) -> str:
    if role in DIARIES:
        return "meetings:day"
    return "control_room:control" if role == "organiser" else "pages:fair"
