"""The fields that say how an agreement was signed and what has come of it, of a paper and of what was confirmed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.fairs.models import Fair
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.models import Entry, EntryName
from fairplatform.workbook.kinds import Text
from fairplatform.workbook.plausible import Doubt

from .. import places
from ..asking import asked_back
from ..fields import KindField, kind_of
from ..matchmaking.company_field import Companies
from .amounts import MEANT, amount_field, typed
from .names import Named, NamesField

Sections = Sequence[tuple[Promise, Sequence[str]]]
Part = EntryName.Part
NAMES = {
    "parties": Part.PARTY,
    "collaborating": Part.COLLABORATING,
    "witnesses": Part.WITNESS,
    "signatories": Part.SIGNATORY,
}
SIGNING = ("signed_on", "signed_at", "languages", "prevailing", "valid_until", "is_binding")
BINDING = {"": None, "yes": True, "no": False}
_PLAIN = ("signed_on", "signed_at", "prevailing", "valid_until", "evidence")
_BY_CODE = {"ledger_parties": "parties", "ledger_party_twice": "parties", "ledger_prevailing": "prevailing"}
_LONGEST = Text(400)


def column_field(name: str, label: Any, **kwargs: Any) -> KindField:
    return KindField(kind_of("ledger", name), label=label, required=False, **kwargs)


def reason_field(*, required: bool) -> KindField:
    widget = forms.Textarea({"dir": "auto", "rows": 2})
    return KindField(_LONGEST, label=gettext_lazy("Reason"), required=required, widget=widget)


class AskedOnce(forms.Form):
    """A form that asks back what can be stored and is hardly meant: sent again, it is stored.

    `asked`: the questions that this person has been asked already, as a digest.
    """

    use_required_attribute = False
    asked = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def ask(self, questions: Iterator[str]) -> None:
        """Of a form without errors, shows the questions unless this person has been asked just these."""
        found = list(questions)
        digest = sha256("\n".join(found).encode()).hexdigest()
        if found and self.cleaned_data.get("asked") != digest:
            data = cast(QueryDict, self.data).copy()
            data["asked"] = digest
            self.data = data
            for question in found:
                self.add_error(None, question)


class SigningForm(AskedOnce):
    """What an entry says of the signing and of what came of it, to be filled in.

    `before`: what the entry says that this one corrects; `entry`: what has been stored of the form.
    """

    shown: ClassVar[Sections]
    """The fields in their order on the page, by section."""

    collaborating = NamesField("collaborating", label=gettext_lazy("Collaborating bodies"))
    witnesses = NamesField("witnesses", label=gettext_lazy("Witnesses"))
    signatories = NamesField(
        label=gettext_lazy("Signatories"), help_text=gettext_lazy("Who signed, each with their position.")
    )
    signed_on = column_field("signed_on", gettext_lazy("Signed on"))
    signed_at = column_field("signed_at", gettext_lazy("Place of signing"))
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Language versions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    prevailing = forms.ChoiceField(label=gettext_lazy("Prevailing version"), required=False)
    valid_until = column_field("valid_until", gettext_lazy("Valid until"))
    is_binding = forms.ChoiceField(label=gettext_lazy("Legal effect"), required=False)
    realised = amount_field(
        label=gettext_lazy("Realised so far"),
        required=False,
        help_text=gettext_lazy("How much of the amount, in the same currency."),
    )
    evidence = column_field(
        "evidence",
        gettext_lazy("Evidence"),
        help_text=gettext_lazy("What shows it: a customs declaration, a bank receipt."),
    )
    reason = reason_field(required=False)

    def __init__(self, data: QueryDict | None, *, fair: Fair, today: date, before: Content | None) -> None:
        self.fair, self.today, self.before = fair, today, before
        self.stored = before or Content(kind="", provenance="")
        self.entry: Entry | None = None
        self.companies = Companies(fair)
        self.named = Named(self.companies, self.stored.names)
        super().__init__(data, initial=self.typed() if before else {})
        for name, choices in self.choices().items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def typed(self) -> dict[str, Any]:
        """As a person would type what the entry says that is corrected."""
        said = self.stored
        return {
            **{name: getattr(said, name) for name in (*_PLAIN, "languages")},
            **{field: self.named.shown(part) for field, part in NAMES.items() if field in self.base_fields},
            "realised": typed(said.realised_minor, said.currency),
            "is_binding": next(key for key, value in BINDING.items() if value is said.is_binding),
        }

    def choices(self) -> dict[str, list[tuple[Any, Any]]]:
        languages = places.languages(self.fair.host_country, self.fair.station_country, also=self.stored.languages)
        return {
            "languages": list(languages),
            "prevailing": [("", _("None prevails")), *languages],
            "is_binding": [("", _("Not said")), ("yes", _("Binding")), ("no", _("Not binding"))],
        }

    def read_names(self, cleaned: dict[str, Any]) -> dict[str, list[Name]]:
        names: dict[str, list[Name]] = {}
        for field, part in NAMES.items():
            if field not in self.fields:
                continue
            try:
                names[field] = self.named.read(part, cleaned.get(field) or [])
            except ValidationError as several:
                self.add_error(field, several)
        return names

    def signing(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The fields of the content that are read here."""
        chosen, before = cleaned["languages"], self.stored.languages
        return {
            **{name: cleaned[name] for name in _PLAIN},
            # In the order that they are stored in, which a page does not say.
            "languages": before if set(before) == set(chosen) else chosen,
            "is_binding": BINDING[cleaned["is_binding"]] if "is_binding" in self.fields else self.stored.is_binding,
        }

    def keep(self, content: Content) -> None:
        """Takes this as what the form says, unless it cannot be said."""
        self.content = content
        for refused in content.problems():
            self.add_error(_BY_CODE.get(refused.code), refused.sentence)

    def doubts(self, cleaned: dict[str, Any], found: Iterable[Doubt]) -> Iterator[str]:
        """What can be stored of the signing and is hardly meant."""
        if cleaned["signed_on"] and cleaned["signed_on"] > self.today:
            yield _("The date is in the future. If it is right, send it again.")
        yield from asked_back(found)

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        for title, names in self.shown:
            asked = (one for name in names for one in (name, f"{name}{MEANT}") if one in self.fields)
            if shown := [self[name] for name in asked]:
                yield str(title), shown
