"""The form of something that has a draft: it shows what has been typed, whoever typed it."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from django.core import signing
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from booths.models import Draft
from fairplatform.accounts.models import User
from fairplatform.i18n.forms import TranslatedWidget
from fairplatform.i18n.text import LANGUAGES, isolated
from fairplatform.office.forms import OfficeForm, Serializer

M = TypeVar("M", bound=Model)


class DraftedForm(OfficeForm[M]):
    """A form over what is published and what has been typed since.

    When it is sent, each input that this person left alone has what is in the draft by now. An input that both changed
    is an error of its field, as in every OfficeForm.
    """

    def __init__(self, *args: Any, draft: Draft | None, person: User, **kwargs: Any) -> None:
        self.draft, self.person = draft, person
        super().__init__(*args, **kwargs)
        if isinstance(self.data, QueryDict) and self.is_bound:
            self._take_what_others_typed()

    def prepare(self) -> None:
        super().prepare()
        typed = self.draft.typed if self.draft else {}
        for name in self._names():
            shown = self.get_initial_for_field(self.fields[name], name)
            for part, key in self._parts(name):
                if part in typed:
                    shown = _with(shown, key, typed[part]["text"])
            self.initial[name] = shown

    def inputs(self) -> dict[str, str]:
        """By the name of each input its text, as the page shows it when nobody has typed anything into it."""
        return {part: self._text(self._stored[name], key) for name in self._names() for part, key in self._parts(name)}

    def sent(self) -> dict[str, str]:
        """By the name of each input what was sent, but of fields that somebody else has changed meanwhile."""
        names = [name for name in self._names() if not self.has_error(name, "changed_meanwhile")]
        parts = [part for name in names for part, _key in self._parts(name)]
        return {part: plain(self.data[part]) for part in parts if part in self.data}

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
            mine = plain(data.get(part, before))
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
        return plain("" if value is None else str(value))


def plain(text: str) -> str:
    """The text of an input with the ends of lines that a browser shows."""
    return text.replace("\r\n", "\n")


def _with(value: Any, key: str, text: str) -> Any:
    if not key:
        return text
    texts: Mapping[str, str] = {**(value or {}), key: text}
    return {language: one for language, one in texts.items() if one}
