"""Model fields for what people read in three languages, and for money."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .text import LANGUAGES, Translated


class TranslatedField(models.JSONField):
    """A company's own text in up to three languages: `{"en": …, "zh-hans": …, "ur": …}`, always a Translated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": dict, "blank": True, **kwargs})

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The whole field as Translated; the text alone where one language was asked for (`name__en`)."""
        found = super().from_db_value(value, expression, connection)
        return found if isinstance(found, str) else Translated(found or {})

    def to_python(self, value: Any) -> Translated:
        return Translated(value or {})

    def pre_save(self, model_instance: models.Model, add: bool) -> Translated:
        value = Translated(getattr(model_instance, self.attname) or {})
        setattr(model_instance, self.attname, value)
        return value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if any(code not in LANGUAGES or not isinstance(text, str) for code, text in value.items()):
            raise ValidationError(_("Texts are kept in English, Chinese and Urdu only."))
