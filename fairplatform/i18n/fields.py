"""A model field for text in three languages."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .forms import TranslatedFormField
from .text import LANGUAGES, Translated


class TranslatedField(models.JSONField):
    """Text in up to three languages, stored as `{"en": …, "zh-hans": …, "ur": …}`; its value is always a Translated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": dict, "blank": True, **kwargs})

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> Translated | str:
        """The text alone where a query asks for one language (`name__en`).

        In the order of LANGUAGES: PostgreSQL stores the keys in an order of its own.
        """
        decoded: Mapping[str, str] | str | None = super().from_db_value(value, expression, connection)
        if isinstance(decoded, str):
            return decoded
        return Translated((code, decoded[code]) for code in LANGUAGES if code in decoded) if decoded else Translated()

    def formfield(self, **kwargs: Any) -> TranslatedFormField:
        """An input for each language; `lines` makes them several lines high."""
        kwargs.pop("widget", None)
        kwargs.pop("encoder", None)
        return TranslatedFormField(
            **{"label": capfirst(self.verbose_name), "help_text": self.help_text, "required": not self.blank, **kwargs}
        )

    def to_python(self, value: Mapping[str, str] | None) -> Translated:
        return Translated(value or {})

    def pre_save(self, model_instance: models.Model, add: bool) -> Translated:
        value = Translated(getattr(model_instance, self.attname) or {})
        setattr(model_instance, self.attname, value)
        return value

    def validate(self, value: Mapping[str, object], model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if any(code not in LANGUAGES or not isinstance(text, str) for code, text in value.items()):
            raise ValidationError(_("Text can be saved in English, Chinese and Urdu only."))
