"""What a conversation is called: those one talks to there."""

from dataclasses import dataclass

from fairplatform.i18n.text import Text, Translated, current_language
from fairplatform.realtime.protocol import Person

MOST_NAMES = 3


@dataclass(frozen=True)
class Title:
    """The other members: their companies first, then their names, as many as a line can hold."""

    others: list[Person]

    @property
    def companies(self) -> list[Text]:
        distinct = {str(person.company): person.company for person in self.others if person.company}
        return [_text(name) for name in distinct.values()][:MOST_NAMES]

    @property
    def people(self) -> list[Text]:
        return [_text(person.name) for person in self.others][:MOST_NAMES]

    @property
    def more(self) -> int:
        """How many people are not named."""
        return max(0, len(self.others) - MOST_NAMES)

    def __str__(self) -> str:
        return " · ".join(str(text) for text in (self.companies or self.people))


def _text(texts: dict[str, str]) -> Text:
    return Translated(texts).in_language(current_language())
