"""The form of a list: yes or no for each number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from meetings.models import Tick

from .queries import Row

SOURCES = [(source.value, source.label) for source in Tick.Source if source != Tick.Source.PAGE]
TYPED_LENGTH = 2000


@dataclass(frozen=True)
class Line:
    """A candidate with its two fields."""

    row: Row
    answer: forms.BoundField
    seen: forms.BoundField

    @property
    def replaces(self) -> bool:
        """Whether saving would replace another answer that is stored."""
        return bool(self.row.tick.answer) and self.answer.value() not in ("", None, self.row.tick.answer)


class AnswersForm(forms.Form):
    """A field for each candidate, with what was seen of it: an old page changes only what was chosen on it, and no
    answer that was stored since is replaced unseen."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, rows: Sequence[Row], read: Mapping[int, str] | None = None) -> None:
        """`read`: answers that are proposed, of a message."""
        super().__init__(data)
        self._rows = rows
        for row in rows:
            number, answer = row.tick.number, row.tick.answer
            self.fields[f"answer_{number}"] = forms.ChoiceField(
                choices=Tick.Answer.choices, required=False, widget=forms.RadioSelect,
                initial=(read or {}).get(number, answer),
            )  # fmt: skip
            self.fields[f"seen_{number}"] = forms.CharField(
                required=False, max_length=3, initial=answer, widget=forms.HiddenInput
            )

    @property
    def lines(self) -> list[Line]:
        return [Line(row, self[f"answer_{row.tick.number}"], self[f"seen_{row.tick.number}"]) for row in self._rows]

    @property
    def changed(self) -> dict[int, str]:
        """Of a valid form, by number, the answers that were chosen on its page."""
        values = {row.tick.number: row for row in self._rows}
        return {
            number: self.cleaned_data[f"answer_{number}"]
            for number in values
            if self.cleaned_data[f"answer_{number}"]
            and self.cleaned_data[f"answer_{number}"] != self.cleaned_data[f"seen_{number}"]
        }

    @property
    def seen(self) -> dict[int, str]:
        """Of a valid form, by number, what its page showed of the answers that it changes."""
        return {number: self.cleaned_data[f"seen_{number}"] for number in self.changed}

    def again(self, rows: Sequence[Row]) -> "AnswersForm":
        """The form as it was sent, knowing what is stored by now: what was left alone shows that too."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for row in rows:
            answer, seen, stored = f"answer_{row.tick.number}", f"seen_{row.tick.number}", row.tick.answer
            if self.data.get(answer, "") in ("", self.data.get(seen, "")):
                data[answer] = stored
            data[seen] = stored
        return AnswersForm(data, rows=rows)


class TypedForm(forms.Form):
    """An answer as it came."""

    typed = forms.CharField(
        label=_("The answer as it came"),
        help_text=_("For example: yes 2 5 7, no 4"),
        max_length=TYPED_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    source = forms.ChoiceField(label=_("How it came"), choices=SOURCES)
