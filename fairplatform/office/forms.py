"""The form of a row that several organisers may edit at once: nobody's change is lost unseen."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import QueryDict
from django.utils.choices import normalize_choices
from django.utils.translation import gettext as _

from fairplatform.i18n.forms import TranslatedFormField
from fairplatform.i18n.text import LANGUAGES, Translated, visible
from fairplatform.workbook.kinds import Choice, Phone

from .fields import KindField

M = TypeVar("M", bound=Model)


class OfficeForm(forms.ModelForm[M]):
    """A model form that carries, signed, the values it was rendered with.

    When it is saved, a field that this person left alone keeps what is stored by now, and so does each language of a
    text. What both changed is an error that shows the other value; the form is shown again with what was typed, and
    saving once more replaces it. The view has to load the row with a lock in the transaction that saves it.
    """

    # Names of fields that need a value although their model can do without; of a text, in at least one language.
    needed: ClassVar[tuple[str, ...]] = ()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.data, QueryDict):
            self.data = _visible(self.data)
        self.prepare()
        country = self.own_country()
        for field in self.fields.values():
            _name_blank_choice(field)
            if isinstance(field, KindField):
                field.country = country
        for name in self.needed:
            self.fields[name].required = True
        self._stored = {
            name: self._plain(name, self.get_initial_for_field(self.fields[name], name)) for name in self._names()
        }
        self.initial["seen"] = self.fields["seen"].initial = _signed(self._stored)

    def prepare(self) -> None:
        """For forms whose fields depend on their row: sets the fields up, before their values are compared."""

    def own_country(self) -> str:
        """ISO 3166: where the numbers of the form are of."""
        return str(self["country"].value() or "") if "country" in self.fields else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen = self._seen(cleaned.pop("seen", ""))
        for name in self._names():
            if name not in cleaned or seen is None or seen.get(name) == self._stored[name]:
                continue
            mine, theirs = self._plain(name, cleaned[name]), self._stored[name]
            typed: dict[str, str] = {}
            if isinstance(self.fields[name], TranslatedFormField):
                text, theirs = _merged(mine, seen.get(name) or {}, theirs)
                cleaned[name] = Translated({code: words for code, words in text.items() if words})
                typed = {f"{self.add_prefix(name)}_{code}": words for code, words in text.items()}
                is_conflict = bool(theirs)
            else:
                is_conflict = mine not in (seen.get(name), theirs)
                if mine == seen.get(name):
                    cleaned[name] = self.fields[name].to_python(self.get_initial_for_field(self.fields[name], name))
            if is_conflict:
                seen = {**seen, name: self._stored[name]}
                self._show_conflict(name, self._shown(theirs), {**typed, self.add_prefix("seen"): _signed(seen)})
        return cleaned

    def changes(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Of a valid form, the stored values of the fields that it changes, and their new values: for the audit log."""
        after = {name: self._plain(name, self.cleaned_data[name]) for name in self._names()}
        changed = [name for name, value in after.items() if value != self._stored[name]]
        return {name: self._stored[name] for name in changed}, {name: after[name] for name in changed}

    def doubts(self) -> list[str]:
        """Of a valid form, what is doubtful in the fields that it changes. In words of one's own nothing is."""
        changed = [self[name] for name in self._names() if self.is_changed(name, self.cleaned_data)]
        read = [(bound.label, bound.field) for bound in changed if isinstance(bound.field, KindField)]
        doubts = [(label, doubt) for label, field in read if not _is_of_list(field) for doubt in field.doubts]
        return [_("%(label)s: %(doubt)s") % {"label": label, "doubt": doubt} for label, doubt in doubts]

    def is_changed(self, name: str, cleaned: Mapping[str, Any]) -> bool:
        """Whether the form changes what is stored in this field."""
        return bool(self._plain(name, cleaned.get(name)) != self._stored[name])

    def conflict_sentence(self, name: str, value: str) -> str:
        """What is said of a field that somebody else has changed to this value meanwhile."""
        sentence = _(
            "Someone else changed this to “%(value)s” while you were editing. Save again to replace it with yours."
        )
        return sentence % {"value": value}

    def _show_conflict(self, name: str, value: str, sent: Mapping[str, str]) -> None:
        """Shown again, the form knows the other's value of this field, and what it knew of the fields left alone.

        `sent` replaces what was sent.
        """
        self.add_error(name, forms.ValidationError(self.conflict_sentence(name, value), code="changed_meanwhile"))
        shown = QueryDict(mutable=True)
        shown.update(self.data)
        for sent_name, text in sent.items():
            shown[sent_name] = text
        self.data = shown

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return exclusions | {name for name, field in self.fields.items() if _is_read_otherwise(field)}

    def _names(self) -> list[str]:
        return [name for name in self.fields if name != "seen"]

    def _seen(self, signed: str) -> Mapping[str, Any] | None:
        """None for a new row, and for a form without its hidden field: nothing to compare with."""
        if self.instance._state.adding:
            return None
        try:
            seen: Mapping[str, Any] = signing.loads(signed, serializer=Serializer)
        except signing.BadSignature:
            return None
        return seen

    def _plain(self, name: str, value: Any) -> Any:
        """The value as JSON, equal whether it comes from the row or from the form."""
        prepared = self.fields[name].prepare_value(value)
        return Serializer().loads(Serializer().dumps("" if prepared is None else prepared))

    def _shown(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return " · ".join(str(text) for text in value.values() if text)
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _merged(
    mine: Mapping[str, str], seen: Mapping[str, str], stored: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """A text of two people: each language as this person changed it, otherwise as it is stored.

    The second is what is stored in the languages that both changed, each in another way.
    """
    own, was, theirs = ({code: text.get(code, "") for code in LANGUAGES} for text in (mine, seen, stored))
    merged = {code: theirs[code] if own[code] == was[code] else own[code] for code in LANGUAGES}
    return merged, {code: theirs[code] for code in LANGUAGES if len({own[code], was[code], theirs[code]}) == 3}


def _signed(seen: Mapping[str, Any]) -> str:
    return signing.dumps(dict(seen), serializer=Serializer)


def _is_read_otherwise(field: forms.Field) -> bool:
    """Whether more can be stored than the model proposes: words of one's own, numbers that no country has."""
    return _is_of_list(field) or (isinstance(field, KindField) and isinstance(field.kind, Phone))


def _is_of_list(field: forms.Field) -> bool:
    return isinstance(field, KindField) and isinstance(field.kind, Choice)


def _name_blank_choice(field: forms.Field) -> None:
    """Django's blank choice is a row of dashes, which a screen reader reads one by one."""
    dashes, words = BLANK_CHOICE_DASH[0][1], _("Not chosen")
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == dashes:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        field.choices = [
            (value, words if label == dashes else label) for value, label in normalize_choices(field.choices)
        ]


def _visible(data: QueryDict) -> QueryDict:
    """What was sent, without marks that reorder or hide text, which come along with what is copied from a chat."""
    shown = QueryDict(mutable=True)
    for name, texts in data.lists():
        shown.setlist(name, [visible(text) for text in texts])
    return shown


class Serializer:
    """JSON with dates and decimals, for django.core.signing."""

    def dumps(self, value: Any) -> bytes:
        return DjangoJSONEncoder(separators=(",", ":"), sort_keys=True).encode(value).encode()

    def loads(self, text: bytes) -> Any:
        return json.loads(text)
