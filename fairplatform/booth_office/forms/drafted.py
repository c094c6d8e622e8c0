"""The form of something that has a draft: it shows what has been typed, whoever typed it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

from booths.models import Draft
from fairplatform.accounts.models import User
from fairplatform.i18n.forms import LANGUAGE_LABELS, TranslatedWidget
from fairplatform.i18n.text import LANGUAGES, isolated
from fairplatform.office.fields import ListOrWords
from fairplatform.office.forms import OfficeForm, Serializer

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Typed:
    """What a colleague has typed into an input and nobody has published; `by` is None when their account is gone."""

    name: str
    label: str
    language: str
    text: str
    shown: str
    by: User | None

    @property
    def key(self) -> str:
        """What a box that is ticked for it sends: it stands for this text alone, not for one that is typed later."""
        return f"{self.name} {self.text}"


class DraftedForm(OfficeForm[M]):
    """A form over what is published and what has been typed since.

    When it is sent, each input that this person left alone has what is in the draft by now. An input that both changed
    is an error of its field, as in every OfficeForm.

    `asks`: what colleagues have typed, when the form comes back to ask what is to be done with it; `answered` has the
    keys of those that this person has chosen, and None before they were asked. `staying`: what of it stays a draft.
    """

    asks: tuple[Typed, ...] = ()
    staying: tuple[Typed, ...] = ()
    answered: frozenset[str] | None = None

    def __init__(self, *args: Any, draft: Draft | None, person: User, **kwargs: Any) -> None:
        self.draft, self.person = draft, person
        self.published: dict[str, str] = {}
        super().__init__(*args, **kwargs)
        if isinstance(self.data, QueryDict) and self.is_bound:
            self.answered = answers_in(self.data)
            self._take_what_others_typed()

    def prepare(self) -> None:
        super().prepare()
        typed = self.draft.typed if self.draft else {}
        for name in self._names():
            shown = self.get_initial_for_field(self.fields[name], name)
            stored = self._plain(name, shown)
            for part, key in self._parts(name):
                self.published[part] = self._text(stored, key)
                if part in typed:
                    shown = _with(shown, key, typed[part]["text"])
            self.initial[name] = shown

    def inputs(self) -> dict[str, str]:
        """By the name of each input its text, as the page shows it when nobody has typed anything into it."""
        return {part: self._text(self._stored[name], key) for name in self._names() for part, key in self._parts(name)}

    def told(self) -> dict[str, str]:
        """`inputs`, without those that each reader has in their own language: labels of a list."""
        listed = {name for name, field in self.fields.items() if isinstance(field, ListOrWords)}
        return {part: text for part, text in self.inputs().items() if part not in listed}

    def as_shown(self, name: str, text: str) -> str:
        """A text of an input as the page shows it when it comes again: an HS code with its dots, a label of a list.

        What is typed is kept so, and compared so with what somebody has typed over it.
        """
        return self._text(self.fields[name].prepare_value(text), "") if name in self.fields else text

    def sent(self) -> dict[str, str]:
        """By the name of each input what was sent, but of fields that somebody else has changed meanwhile."""
        names = [name for name in self._names() if not self.has_error(name, "changed_meanwhile")]
        parts = [part for name in names for part, _key in self._parts(name)]
        return {part: self.as_shown(part, normalize_newlines(self.data[part])) for part in parts if part in self.data}

    def theirs(self) -> list[Typed]:
        """What colleagues have typed and nobody has published, but for inputs that this person has changed since."""
        typed = self.draft.typed if self.draft else {}
        found = {
            part: (name, key)
            for name in self._names()
            for part, key in self._parts(name)
            if part in typed and typed[part]["by"] != self.person.pk and self._is_left_alone(part, typed[part]["text"])
        }
        people = User.objects.in_bulk([typed[part]["by"] for part in found])
        return [
            self._typed(part, *of, typed[part]["text"], people.get(typed[part]["by"])) for part, of in found.items()
        ]

    def is_valid_without(self, theirs: Iterable[Typed]) -> bool:
        """Whether it is valid where these inputs keep what is published of them; it shows what was typed."""
        left_out = list(theirs)
        self._put({one.name: self.published[one.name] for one in left_out})
        is_valid = self.is_valid()
        self._put({one.name: one.text for one in left_out})
        return is_valid

    def ask_about(self, theirs: Iterable[Typed], sentence: str = "") -> None:
        """Has the page ask what is to be done with these; with a sentence, it is an error that this was not said."""
        self.asks = tuple(theirs)
        if sentence:
            self.add_error(None, ValidationError(sentence, code="typed_by_colleagues"))

    def conflict_sentence(self, name: str, value: str) -> str:
        by = (
            [self.draft.typed[part]["by"] for part, _key in self._parts(name) if part in self.draft.typed]
            if (self.draft)
            else []
        )
        person = User.objects.filter(pk__in=by).first()
        if person is None:
            return super().conflict_sentence(name, value)
        sentence = _("%(person)s changed this to “%(value)s” while you were editing. Publish again to replace it.")
        return sentence % {"person": isolated(person.name), "value": value}

    def _is_left_alone(self, part: str, text: str) -> bool:
        is_same = not self.is_bound or normalize_newlines(self.data.get(part, "")) == text
        return is_same and text != self.published[part]

    def _typed(self, part: str, name: str, key: str, text: str, by: User | None) -> Typed:
        field = self.fields[name]
        choices = {str(value): str(label) for value, label in getattr(field, "choices", ())}
        language = str(LANGUAGE_LABELS[key]) if key else ""
        return Typed(part, str(field.label), language, text, choices.get(text, text), by)

    def _put(self, texts: Mapping[str, str]) -> None:
        """Changes what was sent."""
        for name, text in texts.items():
            self.data[name] = text  # type: ignore[index]  # a QueryDict that can be changed

    def _take_what_others_typed(self) -> None:
        seen = self._seen(str(self.data.get("seen", "")))
        if seen is None:
            return
        data, known = QueryDict(mutable=True), dict(seen)
        data.update(self.data)
        for name in self._names():
            if name in seen and seen[name] != self._stored[name] and self._merge(name, data, seen[name]):
                known[name] = self._stored[name]
        data["seen"] = signing.dumps(known, serializer=Serializer)
        self.data = data

    def _merge(self, name: str, data: QueryDict, seen: Any) -> bool:
        """Whether no input of the field was changed both by this person and by somebody else.

        What this person has typed themselves, and had kept before they typed on, is no change of somebody else.
        """
        typed = self.draft.typed if self.draft else {}
        is_clear = True
        for part, key in self._parts(name):
            before, now = self._text(seen, key), self._text(self._stored[name], key)
            mine = normalize_newlines(data.get(part, before))
            if mine == before:
                data[part] = now
            elif now not in (mine, before) and typed.get(part, {}).get("by") != self.person.pk:
                is_clear = False
        return is_clear

    def _parts(self, name: str) -> Iterator[tuple[str, str]]:
        """The inputs of a field: each with the language that it is in, if the field has several."""
        widget, own = self.fields[name].widget, self.add_prefix(name)
        if isinstance(widget, TranslatedWidget):
            yield from ((f"{own}_{language}", language) for language in LANGUAGES)
        else:
            yield own, ""

    @staticmethod
    def _text(value: Any, key: str) -> str:
        if key:
            value = (value or {}).get(key)
        return normalize_newlines("" if value is None else str(value))


def answers_in(data: QueryDict) -> frozenset[str] | None:
    """The keys of what colleagues have typed and this person has chosen; None where they were not asked."""
    return frozenset(map(normalize_newlines, data.getlist("theirs"))) if "theirs-asked" in data else None


def _with(value: Any, key: str, text: str) -> Any:
    if not key:
        return text
    texts: Mapping[str, str] = {**(value or {}), key: text}
    return {language: one for language, one in texts.items() if one}
