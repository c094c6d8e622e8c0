"""Every route of the program: which thing it is about, and its arguments in the small world."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from tests.matrix.world import World


class Route(NamedTuple):
    """`thing` is the key of world.World.things the page is about, or None; `arguments` make its address."""

    thing: str | None
    arguments: Callable[[World], list[Any]]


def _none(world: World) -> list[Any]:
    return []


def _fair(world: World) -> list[Any]:
    return [world.fair.slug]


def _of_fair(thing: str, attribute: str = "pk") -> Callable[[World], list[Any]]:
    return lambda world: [world.fair.slug, getattr(world.things[thing], attribute)]


def _alone(thing: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.things[thing].pk]


ROUTES: dict[str, Route] = {
    "home": Route(None, _none),
    "robots": Route(None, _none),
    "favicon": Route(None, _none),
    "language:choose": Route(None, _none),
    "language:sentences": Route(None, lambda world: ["ur"]),
    "accounts:enter": Route(None, lambda world: ["no-such-secret"]),
    "files:file": Route("file", _alone("file")),
    "front:fair": Route("fair", _fair),
    "front:about": Route("fair", _fair),
    "front:agreed": Route("fair", _fair),
    "booths:halls": Route("fair", _fair),
    "booths:hall": Route("hall", _of_fair("hall", "number")),
    "booths:booth": Route("booth", _of_fair("booth", "slug")),
    "booths:contact": Route("booth", _of_fair("booth", "slug")),
    "booths:office": Route("fair", _fair),
    "booths:products": Route("fair", _fair),
    "booths:product": Route("product", _of_fair("product")),
    "chat:conversations": Route("fair", _fair),
    "chat:conversation": Route("conversation", _of_fair("conversation")),
    "notices:notices": Route(None, _none),
    "notices:read_all": Route(None, _none),
    "notices:read": Route("notice", _alone("notice")),
    "meetings:day": Route("fair", _fair),
    "meetings:requests": Route("fair", _fair),
    "meetings:request_make": Route("exhibitor", _of_fair("exhibitor")),
    "meetings:request_accept": Route("request", _of_fair("request")),
    "meetings:request_decline": Route("request", _of_fair("request")),
    "meetings:request_withdraw": Route("request", _of_fair("request")),
    "meetings:meeting": Route("meeting", _of_fair("meeting")),
    "meetings:room": Route("meeting", _of_fair("meeting")),
    "meetings:outcome": Route("meeting", _of_fair("meeting")),
    "meetings:outcome_next_step": Route("settled", _of_fair("settled")),
    "meetings:calendar": Route("meeting", _of_fair("meeting")),
    "meetings:cancel": Route("meeting", _of_fair("meeting")),
    "meetings:move": Route("meeting", _of_fair("meeting")),
    "monitor:control": Route("fair", _fair),
    "monitor:figures": Route("fair", _fair),
    "demo:people": Route(None, _none),
    "demo:enter": Route(None, lambda world: ["buyer"]),
}


def named_routes() -> Iterator[tuple[str, Any]]:
    """Every route's full name and view, allauth's own left out: its pages concern nobody but the visitor himself."""

    def walk(patterns: list[URLPattern | URLResolver], namespaces: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
                yield from walk(pattern.url_patterns, inner)
            elif not pattern.callback.__module__.startswith("allauth"):
                yield ":".join((*namespaces, str(pattern.name))), pattern.callback

    yield from walk(get_resolver().url_patterns, ())
