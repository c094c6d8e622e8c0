"""Signing in as one of the demonstration's people without a password: from this computer only, unless DEMO_PUBLIC."""

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
from fairplatform.i18n.middleware import set_language_cookie
from fairplatform.observability.duties import attempt
from fairplatform.policy import permits
from fairplatform.server.forwarded_headers import is_of_proxy

from .first_visit import reload_before_first_visit
from .personas import main_personas, other_personas, persona_user
from .plan.fair_plan import SLUG

ROLES_WITH_SCHEDULE = frozenset({"exhibitor_manager", "exhibitor_staff", "buyer_lead", "buyer_staff", "interpreter"})
View = Callable[..., HttpResponse]


def demonstration_only(view: View) -> View:
    """Refuses a view that asks for no password outside a demonstration and, without DEMO_PUBLIC, to other computers."""

    @wraps(view)
    def guarded(request: FairRequest, **arguments: str) -> HttpResponse:
        if not settings.DEMO or not (settings.DEMO_PUBLIC or is_here(request)):
            raise Refused("demonstration_only")
        return view(request, **arguments)

    return guarded


def is_here(request: FairRequest) -> bool:
    """Whether the request comes from this computer itself, and not through a proxy that runs on it."""
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
    """The page of personas: the four main ones, and a few more."""
    now = timezone.now()
    with attempt("demo.opening", is_vital=False):
        reload_before_first_visit(now)
    context = {"personas": main_personas(now), "other_personas": other_personas()}
    return render(request, "demo/people.html", context)


@require_POST
@permits("demonstration.enter")
@demonstration_only
def enter(request: FairRequest, key: str) -> HttpResponse:
    """Signs in as the persona; with `language=own` the pages are in the persona's language from then on."""
    user, person = persona_user(key)
    with attempt("demo.opening", is_vital=False):
        reload_before_first_visit(timezone.now())
    login(request, user)
    response = redirect(_first_page(person.role), fair=SLUG)
    if request.POST.get("language") == "own":
        set_language_cookie(response, person.language)
    return response


def _first_page(role: str) -> str:
    if role in ROLES_WITH_SCHEDULE:
        return "meetings:day"
    return "control_room:control" if role == "organiser" else "pages:fair"
