"""Invented names of people, none twice: a few that are given to leading people, then any number of common ones."""

from collections.abc import Iterator

from ..content import chinese_names, pakistani_names
from ..content.text import CHINESE, ENGLISH, URDU, Text

PersonName = tuple[str, Text]
"""A salutation (mr, ms) and a name in three scripts."""


def introduced_person(english: str) -> PersonName:
    """The name of this spelling among those given to leading people."""
    people = (*chinese_names.NAMED, *pakistani_names.NAMED)
    return next(named for named in people if named[1][ENGLISH] == english)


def chinese_person_names() -> Iterator[PersonName]:
    """Endless supply of names, surname first; in Chinese without a space."""
    surnames = chinese_names.SURNAMES
    for turn in range(len(surnames)):
        for index, (salutation, given) in enumerate(chinese_names.GIVEN):
            yield salutation, _joined(surnames[(index + turn) % len(surnames)], given, dot="")


def pakistani_person_names() -> Iterator[PersonName]:
    """Endless supply of names: given name, for men a second one, then the family name."""
    seconds, families = pakistani_names.MIDDLE, pakistani_names.FAMILY
    for turn in range(len(families)):
        for index, (salutation, given) in enumerate(pakistani_names.GIVEN):
            second = seconds[(index + turn) % len(seconds)]
            name = _joined(given, second) if salutation == "mr" else given
            yield salutation, _joined(name, families[(index * 3 + turn) % len(families)])


def _joined(first: Text, second: Text, dot: str = "·") -> Text:
    return {
        ENGLISH: f"{first[ENGLISH]} {second[ENGLISH]}",
        CHINESE: f"{first[CHINESE]}{dot}{second[CHINESE]}",
        URDU: f"{first[URDU]} {second[URDU]}",
    }
