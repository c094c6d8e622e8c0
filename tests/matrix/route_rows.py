"""What a row of the table of routes says, and the forms that most rows have."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tests.factories import three
from tests.matrix.world import World


class Done(NamedTuple):
    """What comes of a request: a status, or the route it leads on to; and the models that have other rows then."""

    answer: int | str = 200
    changes: tuple[str, ...] = ()


class Act(NamedTuple):
    """A request by a method: its result for those whom the policy admits, and for whom of them it differs (`others`).

    `fields` fill in its form. A form that asks for more than its page does names that `row`, and what `refused` says.
    """

    done: Done = Done()
    others: Mapping[str, Done] = {}
    fields: Callable[[World], dict[str, Any]] = lambda world: {}
    row: str = ""
    refused: Done = Done(409)


class Route(NamedTuple):
    """`thing` is the key of world.World.things the page is about, or None; `arguments` make its address.

    `acts` are named by their method and, where a page has several forms, a word. All other methods are refused.
    """

    thing: str | None
    arguments: Callable[[World], list[Any]]
    acts: Mapping[str, Act]


def no_arguments(world: World) -> list[Any]:
    return []


def fair_slug(world: World) -> list[Any]:
    return [world.fair.slug]


def of_fair(thing: str, attribute: str = "pk") -> Callable[[World], list[Any]]:
    return lambda world: [world.fair.slug, getattr(world.things[thing], attribute)]


def names(text: str, prefix: str = "") -> dict[str, str]:
    """A name in three languages, as a form sends it."""
    return {f"{prefix}name_{language}": name for language, name in three(text).items()}


def alone(thing: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.things[thing].pk]


READ = {"GET": Act()}


def post(to: int | str, *changes: str, fields: dict[str, Any] | None = None, **more: Any) -> dict[str, Act]:
    return {"POST": Act(Done(to, changes), fields=lambda world: fields or {}, **more)}
