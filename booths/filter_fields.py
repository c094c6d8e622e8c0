"""The fields of the filters: numbers as people type them, and choices in a language that is not the reader's."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.errors import Refused
from fairplatform.i18n.numbers import parse_number
from fairplatform.i18n.text import current_language

from . import hs_codes
from .hs_codes import CHAPTER, HEADING

Choice = tuple[str, str | Promise]
Choices = Iterable[Choice | tuple[str, Sequence[Choice]]]
"""Value and name; or the name of a group, and its choices."""
ANY: Choice = ("", _("Any"))
LARGEST = 2**31 - 1


class TypedNumber(forms.CharField):
    """A number as people type it in three languages: ۱۲۳, 12,500, 3万."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=30, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "dir": "ltr"}

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            number, _plain = parse_number(text)
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from None
        if number > LARGEST:
            raise forms.ValidationError(_("This number is too large."))
        return number


class EnglishSelect(forms.Select):
    """A select whose choices are English in every language: they are marked so for browsers and screen readers."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"] |= {"lang": "en", "dir": "ltr"}
        return option


class HeadingSelect(forms.Select):
    """A select of HS headings; those without a title in the reader's language are marked as English."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        shown = hs_codes.title(str(value)).in_language(current_language())
        if shown.fallback:
            option["attrs"] |= {"lang": shown.html_lang, "dir": shown.dir}
        return option


def heading_choices(codes: Iterable[str], chosen: str = "") -> Choices:
    """The chapters and headings of these HS codes (up to six digits), by chapter.

    Of the chosen heading also its subheadings: those of all would be thousands.
    """
    chapters: dict[str, dict[str, None]] = {}
    for code in sorted(set(codes)):
        within = chapters.setdefault(code[:CHAPTER], {code[:CHAPTER]: None})
        within[code[:HEADING]] = None
        if len(code) > HEADING and code[:HEADING] == chosen[:HEADING]:
            within[code] = None
    return [(_name(chapter), [(code, _name(code)) for code in within]) for chapter, within in chapters.items()]


def _name(code: str) -> str:
    written = code if len(code) <= HEADING else f"{code[:HEADING]}.{code[HEADING:]}"
    return f"{written} · {hs_codes.short_title(code)}"
