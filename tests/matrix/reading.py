"""Pages as somebody reads them in a language."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from tests.matrix.everybody import Everybody
from tests.matrix.routes import ROUTES
from tests.matrix.world import World

# What of a page is asked for by its address.
ASKED = {
    "booths:halls": ("?q=Pliers", "?q=nothing-like-this", "?city=yongkang", "?kind=both&page=9"),
    "booths:hall": ("?q=Pliers",),
    "booths:products": (
        "?q=Pliers",
        "?q=8203",
        "?q=nothing-like-this",
        "?moq=1/2/3",
        "?price_from=9&price_to=1",
        "?sort=price",
    ),
    "booths:search": ("?q=Pliers", "?q=8203", "?q=8203&kind=booths", "?q=nothing-like-this", f"?q={'x' * 101}"),
    "chat:conversations": ("?q=nobody",),
    "chat:conversation": ("?before=1",),
    "meetings:day": ("?day=1",),
    "meetings:requests": ("?tab=received", "?tab=sent", "?tab=closed"),
    "meetings:outcome": ("?correct", "?correct&take=amount", "?print=ur", "?print=en"),
    "control_room:control": ("?wall=1",),
}


def look(everybody: Everybody, name: str, address: str, language: str, fields: dict[str, Any] | None = None) -> Any:
    """What a person is answered who reads this language."""
    everybody.clients[name].cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return everybody.request(name, "GET" if fields is None else "POST", address, fields or {})


def addresses(world: World, route: str) -> dict[str, str]:
    """The addresses of a route that is read, by the route and what is asked for."""
    if "GET" not in ROUTES[route].acts:
        return {}
    address = reverse(route, args=ROUTES[route].arguments(world))
    return {route + asked: address + asked for asked in ("", *ASKED.get(route, ()))}
