"""What the forms of a fair's set-up have in common."""

from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import Model
from django.utils.functional import Promise

from fairplatform.fairs.models import Fair

from ..forms import OfficeForm

M = TypeVar("M", bound=Model)


class SetupForm(OfficeForm[M]):
    """A form of one row of a fair.

    The models' help is for engineers: a field has help only if the form gives it. `once`: fields that no two rows of
    the fair have in common, and the sentence that says so.
    """

    once: ClassVar[tuple[tuple[str, ...], Promise] | None] = None
    use_required_attribute = False

    def __init__(self, data: Any = None, *, fair: Fair, instance: M) -> None:
        self.fair = fair
        super().__init__(data, instance=instance)

    def prepare(self) -> None:
        helped = self._meta.help_texts or {}
        for name, field in self.fields.items():
            if name not in helped and name not in self.declared_fields:
                field.help_text = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.once:
            names, sentence = self.once
            if all(name in cleaned for name in names) and self._others().filter(**{n: cleaned[n] for n in names}):
                self.add_error(names[0], str(sentence))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the row has by now in the form's fields, for the audit log."""
        return {name: getattr(self.instance, name) for name in self._names()}

    def _others(self) -> Any:
        """The fair's other rows of this model."""
        return type(self.instance)._default_manager.filter(fair=self.fair).exclude(pk=self.instance.pk)

    def choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
