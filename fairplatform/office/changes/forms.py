"""Whom an act is about, and from which slot to which."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.accounts.models import Viewer
from fairplatform.db.keys import row_key
from fairplatform.fairs.models import Fair, Slot
from fairplatform.fairs.places import places_for
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import Place, format_day, local_times


class SpanForm(forms.Form):
    """`whose`: the keys and names to choose from. `in_progress`: also a slot that has begun."""

    whose = forms.ChoiceField()
    first = forms.TypedChoiceField(label=gettext_lazy("From"), coerce=int)
    last = forms.TypedChoiceField(label=gettext_lazy("Until"), coerce=int)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: QueryDict | None, *, label: str, whose: Iterable[tuple[Any, str]], fair: Fair, reader: Viewer,
        now: datetime, in_progress: bool = False,
    ) -> None:  # fmt: skip
        ahead = {"ends_at__gt" if in_progress else "starts_at__gt": now}
        slots = list(fair.slots.filter(**ahead).select_related("day").order_by("starts_at"))
        places = places_for(reader, fair, current_language())
        super().__init__(data, initial={"last": slots[-1].pk} if slots else None)
        self.fields["whose"].label = label
        self._choose("whose", [("", "–"), *whose])
        self._choose("first", [(slot.pk, _label(slot.starts_at, places)) for slot in slots])
        self._choose("last", [(slot.pk, _label(slot.ends_at, places)) for slot in slots])
        self.slots: Sequence[Slot] = slots

    def _choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        by_key = {slot.pk: slot for slot in self.slots}
        if {"first", "last"} <= cleaned.keys():
            self.begins, self.ends = by_key[cleaned["first"]], by_key[cleaned["last"]]
            if self.begins.starts_at > self.ends.starts_at:
                self.add_error("last", _("The end must be later than the start."))
        return cleaned

    @property
    def whose_key(self) -> int:
        """Of a company or a person."""
        return int(self.cleaned_data["whose"])

    @property
    def key_of_press(self) -> UUID:
        """Of this page, kept through the preview."""
        found: UUID | None = self.cleaned_data.get("key")
        return found or uuid4()


def _label(at: datetime, places: Sequence[Place]) -> str:
    """`Thu 4 Mar 10:00 (13:00)`: the reader's own clock, the others' in brackets."""
    own, *others = local_times(at, places, current_language())
    day = own.day or format_day(places[0].date(at), current_language())
    clocks = " · ".join(f"{one.day} {one.clock}".strip() for one in others)
    return f"{day} {own.clock} ({clocks})" if clocks else f"{day} {own.clock}"


def chosen(data: QueryDict, meetings: Iterable[int]) -> dict[int, int | None]:
    """By meeting, the key that was chosen for it (`chosen-<meeting>`), None where none was."""
    return {pk: row_key(data.get(f"chosen-{pk}", "")) for pk in meetings}


def numbers(data: QueryDict, name: str) -> list[int]:
    return [key for value in data.getlist(name) if (key := row_key(value)) is not None]
