"""The form of a row that several organisers may edit at once: nobody's change is lost unseen."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)


class OfficeForm(forms.ModelForm[M]):
    """A model form that carries, signed, the values it was rendered with.

    When it is saved, a field that this person left alone keeps what is stored by now. A field that both changed is an
    error that shows the other value; the form is shown again with what was typed, and saving once more replaces it. The
    view has to load the row with a lock in the transaction that saves it.
    """

    # Names of translated fields that need a text in at least one language.
    needed: ClassVar[tuple[str, ...]] = ()
    # Names of fields whose model only proposes its choices: whatever is written is stored.
    in_own_words: ClassVar[tuple[str, ...]] = ()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare()
        for name in self.needed:
            self.fields[name].required = True
        self._stored = {
            name: self._plain(name, self.get_initial_for_field(self.fields[name], name)) for name in self._names()
        }
        self.initial["seen"] = self.fields["seen"].initial = signing.dumps(self._stored, serializer=_Serializer)

    def prepare(self) -> None:
        """For forms whose fields depend on their row: sets the fields up, before their values are compared."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen = self._seen(cleaned.pop("seen", ""))
        for name in self._names():
            if name not in cleaned or seen is None or seen.get(name) == self._stored[name]:
                continue
            mine = self._plain(name, cleaned[name])
            if mine == seen.get(name):
                cleaned[name] = self.fields[name].to_python(self.get_initial_for_field(self.fields[name], name))
            elif mine != self._stored[name]:
                seen = {**seen, name: self._stored[name]}
                self._show_conflict(name, seen)
        return cleaned

    def changes(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Of a valid form, the stored values of the fields that it changes, and their new values: for the audit log."""
        after = {name: self._plain(name, self.cleaned_data[name]) for name in self._names()}
        changed = [name for name, value in after.items() if value != self._stored[name]]
        return {name: self._stored[name] for name in changed}, {name: after[name] for name in changed}

    def _show_conflict(self, name: str, seen: Mapping[str, Any]) -> None:
        sentence = _(
            "Someone else changed this to “%(value)s” while you were editing. Save again to replace it with yours."
        )
        self.add_error(name, sentence % {"value": self._shown(self._stored[name])})
        # Shown again, the form knows the other's value of this field, and what it knew of the fields left alone.
        shown = QueryDict(mutable=True)
        shown.update(self.data)
        shown[self.add_prefix("seen")] = signing.dumps(dict(seen), serializer=_Serializer)
        self.data = shown

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return exclusions | set(self.in_own_words)

    def _names(self) -> list[str]:
        return [name for name in self.fields if name != "seen"]

    def _seen(self, signed: str) -> Mapping[str, Any] | None:
        """None for a new row, and for a form without its hidden field: nothing to compare with."""
        if self.instance._state.adding:
            return None
        try:
            seen: Mapping[str, Any] = signing.loads(signed, serializer=_Serializer)
        except signing.BadSignature:
            return None
        return seen

    def _plain(self, name: str, value: Any) -> Any:
        """The value as JSON, equal whether it comes from the row or from the form."""
        prepared = self.fields[name].prepare_value(value)
        return _Serializer().loads(_Serializer().dumps("" if prepared is None else prepared))

    def _shown(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return " · ".join(str(text) for text in value.values() if text)
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


class _Serializer:
    """JSON with dates and decimals, for django.core.signing."""

    def dumps(self, value: Any) -> bytes:
        return DjangoJSONEncoder(separators=(",", ":"), sort_keys=True).encode(value).encode()

    def loads(self, text: bytes) -> Any:
        return json.loads(text)
