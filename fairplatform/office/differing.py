"""Where two rows differ that are to be one: each value that both have, of which an organiser chooses one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Difference:
    """A value that both have, not the same; `name` is that of the choice."""

    name: str
    label: Promise | str
    kept: str
    other: str


def differing(
    labels: Iterable[tuple[str, Promise | str]], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> list[Difference]:
    """In the order of the labels; of the values as people read them."""
    return [
        Difference(name, label, ours[name], theirs[name])
        for name, label in labels
        if ours.get(name) and theirs.get(name) and ours[name] != theirs[name]
    ]


def chosen_values(ours: Mapping[str, Any], theirs: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """The value of each name after the merge; `choices` names those of the other that win. Gaps are filled."""
    return {
        name: theirs[name] if theirs.get(name) and (choices.get(name) == "other" or not ours.get(name)) else ours[name]
        for name in {**ours, **theirs}
        if ours.get(name) or theirs.get(name)
    }
