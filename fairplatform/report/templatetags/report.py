"""Template tags of the report: `{% load report %}`."""

from django import template

from fairplatform.i18n.languages import language_names

register = template.Library()


@register.filter
def languages_of(pair: str) -> str:
    """The languages of `zh+en` in the reader's language."""
    return " + ".join(language_names(pair.split("+")))
