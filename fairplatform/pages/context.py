"""The template context of every page: its fair, the clocks that its reader reads, its header and footer."""

import json
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chat.queries import unread
from fairplatform.accounts.request import FairRequest
from fairplatform.content_cache.placeholders import Pieces, fill, placeholder, split
from fairplatform.content_cache.store import cached
from fairplatform.fairs.memberships import NONE, memberships
from fairplatform.fairs.models import Fair
from fairplatform.fairs.places import places_for
from fairplatform.i18n import times
from fairplatform.i18n.text import HTML_LANG, current_language, isolated
from fairplatform.notices.actions import unread as unread_notices
from fairplatform.policy import Role

from . import queries

# The roles that have appointments of their own in a fair.
PARTICIPANTS = {Role.EXHIBITOR, Role.BUYER, Role.INTERPRETER, Role.LIAISON, Role.FLOOR_ASSISTANT}
Entry = tuple[str, str, str]
"""Of the main menu: a route that takes the fair's slug, its label, and the name of the number beside it."""
LAZY = ("fair_name", "fair_url", "places", "clocks", "clock_names", "header", "footer", "csrf_token")


def layout(request: FairRequest) -> dict[str, Any]:
    """The context processor. A part of the layout is read when a template prints it: a fragment for htmx reads none."""
    parts = Layout(request)
    return {
        "demo_mode": settings.DEMO,
        "html_lang": HTML_LANG[current_language()],
        **{name: SimpleLazyObject(partial(getattr, parts, name)) for name in LAZY},
    }


class Layout:
    """What base.html shows around a page.

    Header and footer are rendered once for all who see the same in them, and cached; the header has placeholders for
    what is the reader's own or of the moment.
    """

    def __init__(self, request: FairRequest) -> None:
        self.request = request
        self.person = request.user

    @cached_property
    def fair(self) -> Fair | None:
        """The fair in the address; elsewhere the newest one this person may see, before those that are over."""
        match = self.request.resolver_match
        if slug := match and match.kwargs.get("fair"):
            return Fair.load_for(self.person, slug=slug)
        fairs = cached(("pages.fairs",), lambda: list(Fair.objects.newest_first()))
        return next((fair for fair in fairs if fair.roles_of(self.person)), None)

    @cached_property
    def fair_name(self) -> str:
        return isolated(self.fair.name) if self.fair else _("Online trade fair")

    @cached_property
    def fair_station(self) -> str:
        """The fair's short name, for narrow screens."""
        station = self.fair.station.in_language(current_language()).text if self.fair else ""
        return station or self.fair_name

    @cached_property
    def fair_url(self) -> str:
        if self.fair is None:
            return reverse("home")
        # A draft has no public page.
        return reverse("office:overview", args=[self.fair.slug]) if self._is_draft else self.fair.get_absolute_url()

    @property
    def _is_draft(self) -> bool:
        return self.fair is not None and self.fair.state == Fair.State.DRAFT

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The person's roles in the fair."""
        return (memberships(self.person, self.fair.pk) if self.fair else NONE).roles

    @cached_property
    def unit(self) -> int | None:
        """The recruiting unit that the person is a delegate of, the first of several: its page leads to the others."""
        return min((memberships(self.person, self.fair.pk) if self.fair else NONE).units, default=None)

    @cached_property
    def csrf_token(self) -> str:
        """Masked once per page, for its forms and for the header's."""
        return get_token(self.request)

    @cached_property
    def places(self) -> tuple[times.Place, ...]:
        """Whose clocks the reader reads, their own first."""
        return places_for(self.person, self.fair, current_language())

    @cached_property
    def clocks(self) -> tuple[times.LocalTime, ...]:
        """What they show now."""
        return times.local_times(timezone.now(), self.places, current_language())

    @cached_property
    def clock_names(self) -> str:
        """The zones of the places with their names, for the page's scripts."""
        return json.dumps([[place.zone, place.zone_name] for place in self.places], ensure_ascii=False)

    @cached_property
    def header(self) -> SafeString:
        match = self.request.resolver_match
        # All that the cached text depends on: the route says which page is the current one, the roles which there are.
        key = (
            match.route if match else "",
            self.fair.pk if self.fair else None,
            *sorted(self.roles),
            self.unit,
            self.person.is_authenticated,
            *(clock.zone for clock in self.clocks),
        )
        return fill(cached(("pages.header", *key), self._render_header), self._reader_values())

    def _render_header(self) -> Pieces:
        context = {
            "fair_url": self.fair_url,
            "fair_name": self.fair_name,
            "fair_station": self.fair_station,
            "navigation": self._navigation(),
            "search": self._search(),
            "favourites_url": "" if self.fair is None else reverse("booths:favourites", args=[self.fair.slug]),
            "clocks": [
                clock._replace(clock=placeholder(f"clock {n}"), iso=placeholder(f"iso {n}"))
                for n, clock in enumerate(self.clocks)
            ],
            "signed_in": self.person.is_authenticated,
            "count": {
                name: {"number": placeholder(name), "hidden": placeholder(f"{name} hidden")}
                for name in ("messages", "notices")
            },
            **{name: placeholder(name) for name in ("csrf_token", "next", "person")},
        }
        return split(render_to_string("components/header.html", context))

    def _reader_values(self) -> dict[str, object]:
        """The values of the header's placeholders."""
        values: dict[str, object] = {
            "csrf_token": self.csrf_token,
            "next": getattr(self.request, "page_address", self.request.get_full_path()),
            "person": self.person,
        }
        for n, clock in enumerate(self.clocks):
            values |= {f"clock {n}": clock.clock, f"iso {n}": clock.iso}
        counts = {"notices": unread_notices(self.person)} if self.person.is_authenticated else {}
        if self.fair and self.roles and self.person.is_authenticated:
            counts["messages"] = unread(self.person, self.fair)
        for name, count in counts.items():
            values |= {name: count, f"{name} hidden": "" if count else "hidden"}
        return values

    def _draft_entries(self) -> list[Entry]:
        """Buyers enter demands, and exhibitors keep their booths, before the fair opens."""
        entries: list[Entry] = [("demands:own", _("Demands"), "")] if Role.BUYER in self.roles else []
        return entries + ([("booth_office:booth", _("My booth"), "")] if Role.EXHIBITOR in self.roles else [])

    def _public_entries(self) -> list[Entry]:
        entries: list[Entry] = [("booths:halls", _("Halls"), ""), ("booths:products", _("Products"), "")]
        if self.roles & PARTICIPANTS:
            entries.append(("meetings:day", _("My schedule"), ""))
        if Role.BUYER in self.roles:
            entries.append(("demands:own", _("Demands"), ""))
        if Role.EXHIBITOR in self.roles:
            entries += [("booths:buyers", _("Buyers"), ""), ("booths:my_booth", _("My booth"), "")]
        return entries

    def _search(self) -> dict[str, Any] | None:
        """The search of the fair, which is there for everybody once the fair has public pages."""
        if self.fair is None or self._is_draft:
            return None
        return self._entry(reverse("booths:search", args=[self.fair.slug]), _("Search"), "")

    def _navigation(self) -> list[dict[str, Any]]:
        """The main menu. `counts` names the number that a page keeps up to date beside an entry."""
        if self.fair is None:
            return []
        entries = self._draft_entries() if self._is_draft else self._public_entries()
        if self.roles:
            entries.append(("chat:conversations", _("Messages"), "messages"))
        if Role.ORGANISER in self.roles:
            entries += [("control_room:control", _("Control room"), ""), ("office:overview", _("Office"), "")]
        menu = [(reverse(name, args=[self.fair.slug]), label, counts) for name, label, counts in entries]
        if self.unit and Role.ORGANISER not in self.roles:
            menu.append((reverse("office:unit_imports", args=[self.fair.slug, self.unit]), _("Import companies"), ""))
        return [self._entry(*entry) for entry in menu]

    def _entry(self, url: str, label: str, counts: str) -> dict[str, Any]:
        return {"url": url, "label": label, "counts": counts, "current": self.request.path.startswith(url)}

    @cached_property
    def footer(self) -> SafeString:
        return cached(("pages.footer", self.fair.pk if self.fair else None), self._render_footer)

    def _render_footer(self) -> SafeString:
        if self.fair is None:
            return render_to_string("components/footer.html")
        about = reverse("pages:about", args=[self.fair.slug])
        context = {
            "bodies": queries.bodies(self.fair),
            "citations": queries.citations(self.fair),
            "footer_links": []
            if self._is_draft
            else [
                {"url": about, "label": _("About this fair")},
                {"url": about + "#figures", "label": _("How the figures are calculated")},
                {"url": reverse("api:docs"), "label": _("API")},
            ],
        }
        return render_to_string("components/footer.html", context)
