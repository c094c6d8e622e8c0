"""A company of the fair, typed by its key or its name: a fair has more of them than a list to choose from may have."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.text import current_language, fold, joined

from ..fields import Suggestions

MOST_SUGGESTED = 500  # companies of a fair up to which all are suggested while somebody types
SHOWN = 5


class Companies:
    """The accepted participations of a fair by all that they are called."""

    def __init__(self, fair: Fair) -> None:
        rows = fair.participations.accepted().select_related("company").order_by("company__slug")
        self.rows: Mapping[int, Participation] = {row.pk: row for row in rows}

    @property
    def suggested(self) -> dict[str, str]:
        """Labels to choose from; none where they are too many."""
        if len(self.rows) > MOST_SUGGESTED:
            return {}
        return {str(pk): label_of(row) for pk, row in self.rows.items()}

    def called(self, typed: str) -> Participation | None:
        """The one of this name, key or label, if there is one. Raises ValidationError where there are several."""
        found = self._by_name.get(fold(typed), set())
        if len(found) > 1:
            keys = joined(sorted(self.rows[pk].key for pk in found))
            sentence = _("Several companies have this name. Enter the key of one of them: %(keys)s") % {"keys": keys}
            raise ValidationError(sentence)
        return next((self.rows[pk] for pk in found), None)

    def near(self, typed: str) -> list[str]:
        """The labels of some in whose name this is a part, or whose name is a part of this."""
        text = fold(typed)
        found = [label_of(row) for row in self.rows.values() if _is_near(text, row)] if text else []
        return found[:SHOWN]

    @cached_property
    def _by_name(self) -> Mapping[str, set[int]]:
        called: dict[str, set[int]] = defaultdict(set)
        for pk, row in self.rows.items():
            for text in (*_texts(row), label_of(row)):
                called[fold(text)].add(pk)
        return called


class CompanyField(forms.Field):
    """Reads a participation of `fair`, which the form sets, and shows it by its name, where it has one, and its key."""

    _companies: Companies | None = None

    def __init__(self, **kwargs: Any) -> None:
        required = {"required": gettext_lazy("Enter a company.")}
        super().__init__(widget=Suggestions({}), error_messages=required, **kwargs)

    def of(self, fair: Fair) -> None:
        self._companies = Companies(fair)
        self.widget.choices = self._companies.suggested

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = self._rows.get(value, "")
        return label_of(value) if isinstance(value, Participation) else value

    def to_python(self, value: Any) -> Participation | None:
        if value is None or isinstance(value, Participation):
            return value
        if isinstance(value, int):
            return self._rows.get(value)
        return self._found(str(value).strip()) if str(value).strip() else None

    @property
    def _rows(self) -> Mapping[int, Participation]:
        return self._companies.rows if self._companies else {}

    def _found(self, typed: str) -> Participation:
        assert self._companies is not None
        if found := self._companies.called(typed):
            return found
        sentence = _("No company of this fair has this name or key.")
        if near := self._companies.near(typed):
            sentence = _("No company of this fair has just this name or key. Did you mean: %(names)s?") % {
                "names": joined(near)
            }
        raise ValidationError(sentence)


def _is_near(text: str, row: Participation) -> bool:
    names = [name for one in row.company.name.values() if len(name := fold(one)) > 1]
    return any(text in name or name in text for name in names) or text in fold(row.key)


def _texts(row: Participation) -> tuple[str, ...]:
    return (*row.company.name.values(), row.key)


def label_of(row: Participation) -> str:
    """The name in the reader's language and the key, which is one company's alone."""
    name = row.company.name.in_language(current_language()).text
    return f"{name} · {row.key}" if row.key else name
