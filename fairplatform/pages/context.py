"""What the frame of every page shows: whose fair it is, where one can go, what time it is in both countries."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chat.queries import unread
from fairplatform.content_cache.placeholders import Cut, cut, fill, hole
from fairplatform.content_cache.store import cached
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Body, Fair
from fairplatform.i18n import times
from fairplatform.i18n.text import HTML_LANG, current_language
from fairplatform.notices.actions import unread as unread_notices
from fairplatform.policy import Role

TAKES_PART = {Role.EXHIBITOR, Role.BUYER, Role.INTERPRETER, Role.LIAISON, Role.FLOOR_ASSISTANT}


class Frame:
    """Reads only what the page prints: a fragment without header and footer costs nothing.

    Header and footer are made once for all who see the same of them; what is one reader's own is filled in.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.person: Any = getattr(request, "user", None)

    @cached_property
    def fair(self) -> Fair | None:
        """The fair in the address; elsewhere the newest one open to this person."""
        match = self.request.resolver_match
        slug = match.kwargs.get("fair") if match else None
        fairs = [Fair.cached(slug=slug)] if slug else cached(("pages.fairs",), _fairs)
        return next((fair for fair in fairs if fair and fair.roles_of(self.person)), None)

    @cached_property
    def fair_name(self) -> str:
        return self.fair.name.in_language(current_language()).text if self.fair else _("Online trade fair")

    @cached_property
    def fair_station(self) -> str:
        """What the fair is called where there is little room."""
        station = self.fair.station.in_language(current_language()).text if self.fair else ""
        return station or self.fair_name

    @cached_property
    def fair_url(self) -> str:
        return self.fair.get_absolute_url() if self.fair else reverse("home")

    @cached_property
    def navigation(self) -> list[dict[str, Any]]:
        if self.fair is None:
            return []
        own = memberships(self.person, self.fair.pk)
        items = [self._item("booths:halls", _("Halls")), self._item("booths:products", _("Products"))]
        if own.roles & TAKES_PART:
            items.append(self._item("meetings:day", _("My day")))
        if Role.EXHIBITOR in own.roles:
            items.append(self._item("booths:buyers", _("Buyers")))
            items.append(self._item("booths:office", _("My booth")))
        if own.roles:
            items.append(self._item("chat:conversations", _("Messages"), counts="messages"))
        if Role.ORGANISER in own.roles:
            items.append(self._item("control_room:control", _("Control room")))
        return items

    def _item(self, name: str, label: str, *, counts: str = "") -> dict[str, Any]:
        """`counts` names what the page keeps counting by itself."""
        assert self.fair is not None
        url = reverse(name, args=[self.fair.slug])
        return {"url": url, "label": label, "counts": counts, "current": self.request.path.startswith(url)}

    @cached_property
    def csrf_token(self) -> str:
        """Made once for a page: each making takes a fresh mask."""
        return get_token(self.request)

    @cached_property
    def messages(self) -> int:
        return unread(self.person, self.fair) if self.fair else 0

    @cached_property
    def notices(self) -> int:
        return unread_notices(self.person)

    @cached_property
    def clocks(self) -> tuple[times.LocalTime, ...]:
        language = current_language()
        return times.two_times(timezone.now(), times.home_country(self.person, language), language)

    @cached_property
    def header(self) -> SafeString:
        """The route tells which place is the current one, the roles which places there are."""
        match = self.request.resolver_match
        place = (self.fair.pk, *sorted(memberships(self.person, self.fair.pk).roles)) if self.fair else ()
        alike = (match.route if match else "", *place, self.clocks[0].country, self.person.is_authenticated)
        return fill(cached(("pages.header", *alike), self._header), self._own)

    def _header(self) -> Cut:
        context = {
            "fair_url": self.fair_url,
            "fair_name": self.fair_name,
            "fair_station": self.fair_station,
            "navigation": self.navigation,
            "clocks": [
                clock._replace(clock=hole(f"{n}clock"), iso=hole(f"{n}iso")) for n, clock in enumerate(self.clocks)
            ],
            "signed_in": self.person.is_authenticated,
            "count": {
                name: {"number": hole(name), "hidden": hole(f"{name} hidden")} for name in ("messages", "notices")
            },
            **{name: hole(name) for name in ("csrf_token", "next", "person")},
        }
        return cut(render_to_string("components/header.html", context))

    def _own(self, name: str) -> Any:
        """What stands in a hole of the header."""
        match name:
            case "next":
                return self.request.get_full_path()
            case "csrf_token" | "person" | "messages" | "notices":
                return getattr(self, name)
            case "messages hidden" | "notices hidden":
                return "" if getattr(self, name.split()[0]) else "hidden"
        return getattr(self.clocks[int(name[0])], name[1:])

    @cached_property
    def footer(self) -> SafeString:
        return cached(("pages.footer", self.fair.pk if self.fair else None), self._footer)

    def _footer(self) -> SafeString:
        context = {"bodies": self.bodies, "sources": self.sources, "footer_links": self.footer_links}
        return render_to_string("components/footer.html", context)

    @cached_property
    def bodies(self) -> list[dict[str, Any]]:
        """The bodies behind the fair, one line for each part they have in it."""
        return cached(("pages.bodies", self.fair.pk), partial(_bodies, self.fair)) if self.fair else []

    @cached_property
    def sources(self) -> list[str]:
        """Where the facts of the fair were reported."""
        if self.fair is None:
            return []
        return list(dict.fromkeys(self.fair.facts.order_by("rank").values_list("source", flat=True)))

    @cached_property
    def footer_links(self) -> list[dict[str, str]]:
        if self.fair is None:
            return []
        about = reverse("pages:about", args=[self.fair.slug])
        return [
            {"url": about, "label": _("About this fair")},
            {"url": about + "#figures", "label": _("What the figures count")},
        ]


def _fairs() -> list[Fair]:
    return list(Fair.objects.order_by("-pk"))


def _bodies(fair: Fair) -> list[dict[str, Any]]:
    rows = list(fair.bodies.order_by("rank"))
    lines = [{"role": str(part.label), "names": [row.name for row in rows if row.part == part]} for part in Body.Part]
    return [line for line in lines if line["names"]]


def page(request: HttpRequest) -> dict[str, Any]:
    frame = Frame(request)
    names = ("fair_name", "fair_url", "navigation", "clocks", "bodies", "header", "footer", "csrf_token")
    return {
        "demo_mode": settings.DEMO,
        "html_lang": HTML_LANG[current_language()],
        **{name: SimpleLazyObject(_reading(frame, name)) for name in names},
    }


def _reading(frame: Frame, name: str) -> Callable[[], Any]:
    return lambda: getattr(frame, name)
