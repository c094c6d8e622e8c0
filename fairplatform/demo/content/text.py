"""Sentences and names in the three languages of the fair, and how they are put together."""

Text = dict[str, str]

ENGLISH = "en"
CHINESE = "zh-hans"
URDU = "ur"
LANGUAGES = (ENGLISH, CHINESE, URDU)


def text(en: str, zh: str, ur: str) -> Text:
    """The same in English, Chinese and Urdu, by language code as translated fields are stored."""
    return {ENGLISH: en, CHINESE: zh, URDU: ur}


def filled(pattern: Text, **values: Text | str | int) -> Text:
    """The pattern with its named gaps filled, each language from the value's own language."""
    return {
        language: sentence.format(
            **{name: value[language] if isinstance(value, dict) else value for name, value in values.items()}
        )
        for language, sentence in pattern.items()
    }


def within_a_sentence(name: Text) -> Text:
    """The name with a small first letter in English, unless it is an abbreviation: `wire nails`, `LED bulbs`."""
    english = name.get(ENGLISH, "")
    is_word = english[1:2].islower()
    return {**name, ENGLISH: english[0].lower() + english[1:]} if is_word else name
