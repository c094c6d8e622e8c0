"""Names for the people, none twice: first those the fair is introduced by, then any number of common ones."""

from collections.abc import Iterator

from .content import chinese_names, pakistani_names
from .content.text import CHINESE, ENGLISH, URDU, Text

Named = tuple[str, Text]
"""A salutation (mr, ms) and a name in three scripts."""


def known(english: str) -> Named:
    """One of the people the fair is introduced by."""
    people = (*chinese_names.NAMED, *pakistani_names.NAMED)
    return next(named for named in people if named[1][ENGLISH] == english)


def chinese() -> Iterator[Named]:
    """Surname before given name; written together in Chinese."""
    surnames = chinese_names.SURNAMES
    for turn in range(len(surnames)):
        for index, (salutation, given) in enumerate(chinese_names.GIVEN):
            yield salutation, _together(surnames[(index + turn) % len(surnames)], given, dot="")


def pakistani() -> Iterator[Named]:
    """Given name, for men a second one, family name."""
    seconds, families = pakistani_names.MIDDLE, pakistani_names.FAMILY
    for turn in range(len(families)):
        for index, (salutation, given) in enumerate(pakistani_names.GIVEN):
            second = seconds[(index + turn) % len(seconds)]
            name = _together(given, second) if salutation == "mr" else given
            yield salutation, _together(name, families[(index * 3 + turn) % len(families)])


def _together(first: Text, second: Text, dot: str = "·") -> Text:
    return {
        ENGLISH: f"{first[ENGLISH]} {second[ENGLISH]}",
        CHINESE: f"{first[CHINESE]}{dot}{second[CHINESE]}",
        URDU: f"{first[URDU]} {second[URDU]}",
    }
