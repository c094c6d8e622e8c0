"""The language that somebody is written to in, as workbooks write it."""

from fairplatform.i18n.languages import language_of_country, short_language


def language_of(country: str) -> str:
    """That in which people of a country are written to where nobody has said another."""
    return short_language(language_of_country(country))


def of_account(language: str) -> str:
    """The same language as an account has it: a workbook does not say in which script Chinese is written."""
    return "zh-hans" if language == "zh" else language
