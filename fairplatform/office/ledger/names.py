"""Whom a paper names: text boxes for several of them, read as companies of the fair or as the names of others."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fairplatform.i18n.text import Translated
from fairplatform.ledger.content import Name
from fairplatform.ledger.models import EntryName
from fairplatform.workbook.kinds import Text

from ..fields import KindField, kind_of
from ..matchmaking.company_field import Companies, label_of

Part = EntryName.Part
LEAST_BOXES, MORE_BOXES = 3, 2
TITLE = "_title"
"""Ends the name of the boxes with the titles of those in the field."""
_LONGEST_TITLE = 120


class Typed(NamedTuple):
    """A name as it stands in its box, and the title in the one beside it."""

    text: str
    title: str = ""


class Boxes(forms.Widget):
    """A box for each name and some to go on; `with_titles`: another one beside each."""

    template_name = "office/ledger/boxes.html"
    use_fieldset = True

    def __init__(self, *, with_titles: bool = False) -> None:
        super().__init__()
        self.with_titles = with_titles
        self.suggested: Sequence[str] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Typed]:
        both = zip_longest(data.getlist(name), data.getlist(f"{name}{TITLE}"), fillvalue="")
        return [Typed(text, title) for text, title in both if text.strip() or title.strip()]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = list(value or [])
        blank = max(LEAST_BOXES - len(shown), MORE_BOXES)
        context["widget"] |= {
            "boxes": [*shown, *(Typed("") for _ in range(blank))],
            "titles": f"{name}{TITLE}" if self.with_titles else "",
            "suggested": self.suggested,
        }
        return context

    def id_for_label(self, id_: str) -> str:
        return ""


class NamesField(forms.Field):
    """Reads each box as its column of the workbook does. `column`: without one, each has one name and a title."""

    def __init__(self, column: str = "", **kwargs: Any) -> None:
        self._part = KindField(kind_of("ledger", column) if column else Text(200))
        self._title = KindField(Text(_LONGEST_TITLE), required=False)
        super().__init__(widget=Boxes(with_titles=not column), required=False, **kwargs)

    def to_python(self, value: list[Typed] | None) -> list[Typed]:
        names: list[Typed] = []
        for typed in value or []:
            if not typed.text.strip():
                raise ValidationError(_("Enter the name of the person who has this position."))
            read = self._part.clean(typed.text)
            title = self._title.clean(typed.title)
            names += [Typed(text, title) for text in (read if isinstance(read, list) else [read])]
        return list(dict.fromkeys(names))


class Named:
    """The names of a paper: as boxes show them, and what is read from these.

    Who was named already stays as they were called then.
    """

    def __init__(self, companies: Companies, before: Sequence[Name]) -> None:
        self._companies = companies
        self._before = before
        self.unknown: list[str] = []
        """Of the parties read, those that are no company of the fair and were not named before."""

    def shown(self, part: str) -> list[Typed]:
        return [Typed(self._shown(one), one.title) for one in self._before if one.part == part]

    def read(self, part: str, typed: Sequence[Typed]) -> list[Name]:
        """Raises ValidationError for a name that several companies have."""
        found = [self._read(part, one.text) for one in typed]
        if part != Part.SIGNATORY:
            return found
        return [replace(name, title=one.title) for name, one in zip(found, typed, strict=True)]

    def _read(self, part: str, text: str) -> Name:
        company = self._companies.called(text) if part == Part.PARTY else None
        for one in self._before:
            is_same = one.participation_id == company.pk if company else text in self._texts(one)
            if one.part == part and is_same:
                return one
        if company:
            return Name(part, dict(company.company.name), company.pk)
        if part == Part.PARTY:
            self.unknown.append(text)
        return Name.of_text(part, text)

    def _shown(self, one: Name) -> str:
        row = self._companies.rows.get(one.participation_id or 0)
        return label_of(row) if row else str(Translated(one.name))

    def _texts(self, one: Name) -> list[str]:
        return [*one.name.values(), self._shown(one)]
