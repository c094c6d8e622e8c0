"""A form that asks back what can be stored and is hardly meant: sent again, it is stored."""

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from fairplatform.workbook.findings import sentence
from fairplatform.workbook.plausible import Doubt

from .forms import OfficeForm

M = TypeVar("M", bound=Model)


class AskingForm(OfficeForm[M]):
    """`figures`: the fields that questions are about. `asked`: their values that this person has been asked about."""

    figures: ClassVar[tuple[str, ...]]
    asked = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def ask(self, cleaned: dict[str, Any], questions: Iterable[str]) -> None:
        """Of a form without errors, shows the questions unless this person has been asked about just these figures."""
        questions = list(questions)
        figures = "/".join(str(cleaned.get(name)) for name in self.figures)
        if questions and cleaned.get("asked") != figures:
            self.carry("asked", figures)
            for question in questions:
                self.add_error(None, question)

    def carry(self, name: str, value: str) -> None:
        """Sets a hidden value of the form for when it is shown again."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[name] = value
        self.data = data

    def _names(self) -> list[str]:
        return [name for name in super()._names() if name != "asked"]


def asked_back(doubts: Iterable[Doubt]) -> list[str]:
    """Doubts as questions."""
    return [
        _("%(doubt)s If it is right, send it again.") % {"doubt": sentence(one.code, one.parameters)} for one in doubts
    ]
