"""The language that somebody is written to in."""

_LANGUAGE_OF = {"CN": "zh", "HK": "zh", "MO": "zh", "TW": "zh", "PK": "ur"}


def language_of(country: str) -> str:
    """That in which people of a country are written to where nobody has said another."""
    return _LANGUAGE_OF.get(country, "en")


def of_account(language: str) -> str:
    """The same language as an account has it: a workbook does not say in which script Chinese is written."""
    return "zh-hans" if language == "zh" else language
