"""What the frame of every page shows: whose fair it is, where one can go, what time it is in both countries."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from chat.queries import unread
from fairplatform.fairs.models import Body, Fair
from fairplatform.fairs.standing import standing
from fairplatform.language import times
from fairplatform.language.text import HTML_LANG, current_language
from fairplatform.notices.actions import unread as unread_notices
from fairplatform.policy import Role

TAKES_PART = {Role.EXHIBITOR, Role.BUYER, Role.INTERPRETER, Role.LIAISON, Role.FLOOR_ASSISTANT}


class Frame:
    """Reads only what the page prints: a fragment without header and footer costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.person: Any = getattr(request, "user", None)

    @cached_property
    def fair(self) -> Fair | None:
        """The fair in the address; elsewhere the newest one open to this person."""
        match = self.request.resolver_match
        fairs = Fair.objects.visible_to(self.person)
        slug = match.kwargs.get("fair") if match else None
        return fairs.filter(slug=slug).first() if slug else fairs.order_by("-pk").first()

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
        own = standing(self.person, self.fair.pk)
        items = [self._item("booths:halls", _("Halls")), self._item("booths:products", _("Products"))]
        if own.roles & TAKES_PART:
            items.append(self._item("meetings:day", _("My day")))
        if Role.EXHIBITOR in own.roles:
            items.append(self._item("booths:office", _("My booth")))
        if own.roles:
            waiting = unread(self.person, self.fair)
            items.append(self._item("chat:conversations", _("Messages"), waiting, counts="messages"))
        if Role.ORGANISER in own.roles:
            items.append(self._item("monitor:control", _("Control room")))
        return items

    def _item(self, name: str, label: str, count: int = 0, *, counts: str = "") -> dict[str, Any]:
        """`counts` names what the page keeps counting by itself."""
        assert self.fair is not None
        url = reverse(name, args=[self.fair.slug])
        current = self.request.path.startswith(url)
        return {"url": url, "label": label, "count": count, "counts": counts, "current": current}

    @cached_property
    def unread_notices(self) -> int:
        return unread_notices(self.person)

    @cached_property
    def clocks(self) -> tuple[Any, ...]:
        language = current_language()
        return times.two_times(timezone.now(), times.home_country(self.person, language), language)

    @cached_property
    def bodies(self) -> list[dict[str, Any]]:
        """The bodies behind the fair, one line for each part they have in it."""
        rows = list(self.fair.bodies.order_by("rank")) if self.fair else []
        lines = [{"role": part.label, "names": [row.name for row in rows if row.part == part]} for part in Body.Part]
        return [line for line in lines if line["names"]]

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
        about = reverse("front:about", args=[self.fair.slug])
        return [
            {"url": about, "label": _("About this fair")},
            {"url": about + "#figures", "label": _("What the figures count")},
        ]


def page(request: HttpRequest) -> dict[str, Any]:
    frame = Frame(request)
    names = (
        *("fair_name", "fair_station", "fair_url", "navigation"),
        *("unread_notices", "clocks", "bodies", "sources", "footer_links"),
    )
    return {
        "demo_mode": settings.DEMO,
        "html_lang": HTML_LANG[current_language()],
        **{name: SimpleLazyObject(_reading(frame, name)) for name in names},
    }


def _reading(frame: Frame, name: str) -> Callable[[], Any]:
    return lambda: getattr(frame, name)
