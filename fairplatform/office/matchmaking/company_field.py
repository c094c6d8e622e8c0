"""A company of the fair, typed by its key or its name: a fair has more of them than a list to choose from may have."""

from collections import defaultdict
from collections.abc import Mapping
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


class CompanyField(forms.Field):
    """Reads a participation of `fair`, which the form sets, and shows it by its name, where it has one, and its key."""

    def __init__(self, **kwargs: Any) -> None:
        self._rows: Mapping[int, Participation] = {}
        required = {"required": gettext_lazy("Enter a company.")}
        super().__init__(widget=Suggestions({}), error_messages=required, **kwargs)

    def of(self, fair: Fair) -> None:
        rows = fair.participations.accepted().select_related("company").order_by("company__slug")
        self._rows = {row.pk: row for row in rows}
        if len(self._rows) <= MOST_SUGGESTED:
            self.widget.choices = {str(pk): _label(row) for pk, row in self._rows.items()}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = self._rows.get(value, "")
        return _label(value) if isinstance(value, Participation) else value

    def to_python(self, value: Any) -> Participation | None:
        if value is None or isinstance(value, Participation):
            return value
        if isinstance(value, int):
            return self._rows.get(value)
        return self._found(str(value).strip()) if str(value).strip() else None

    def _found(self, typed: str) -> Participation:
        called: dict[str, set[int]] = defaultdict(set)
        for pk, row in self._rows.items():
            for text in (*row.company.name.values(), row.key, _label(row)):
                called[fold(text)].add(pk)
        found = called.get(fold(typed), set())
        if len(found) == 1:
            return self._rows[found.pop()]
        if found:
            keys = joined(sorted(self._rows[pk].key for pk in found))
            sentence = _("Several companies have this name. Enter the key of one of them: %(keys)s") % {"keys": keys}
            raise ValidationError(sentence)
        near = [_label(row) for row in self._rows.values() if any(fold(typed) in fold(t) for t in _texts(row))]
        sentence = _("No company of this fair has this name or key.")
        if near:
            sentence = _("No company of this fair has just this name or key. Did you mean: %(names)s?") % {
                "names": joined(near[:SHOWN])
            }
        raise ValidationError(sentence)


def _texts(row: Participation) -> tuple[str, ...]:
    return (*row.company.name.values(), row.key)


def _label(row: Participation) -> str:
    """The name in the reader's language and the key, which is one company's alone."""
    name = row.company.name.in_language(current_language()).text
    return f"{name} · {row.key}" if row.key else name
