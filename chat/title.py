"""The title of a conversation: the companies and names of its other members."""

from dataclasses import dataclass

from fairplatform.i18n.text import Text, Translated, current_language, joined
from fairplatform.realtime.protocol import Person

MAX_NAMES = 3


@dataclass(frozen=True)
class Title:
    """What a person's conversation is called: the other members' companies, then their names, three of each at most."""

    others: list[Person]

    @property
    def companies(self) -> list[Text]:
        distinct = {str(person.company): person.company for person in self.others if person.company}
        return [_in_current_language(name) for name in distinct.values()][:MAX_NAMES]

    @property
    def names(self) -> list[Text]:
        return [_in_current_language(person.name) for person in self.others][:MAX_NAMES]

    @property
    def unnamed(self) -> int:
        """How many of the people are not named."""
        return max(0, len(self.others) - MAX_NAMES)

    def __str__(self) -> str:
        return joined(self.companies or self.names)


def _in_current_language(texts: dict[str, str]) -> Text:
    return Translated(texts).in_language(current_language())
