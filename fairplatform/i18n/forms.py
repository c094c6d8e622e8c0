"""A form field for text in three languages, its inputs side by side, each in its language's direction."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .text import HTML_LANG, LANGUAGES, Translated, direction

LANGUAGE_LABELS = {"en": _("English"), "zh-hans": _("Chinese"), "ur": _("Urdu")}


class TranslatedWidget(forms.MultiWidget):
    """One input for each language."""

    template_name = "components/translated_widget.html"
    use_fieldset = True

    def __init__(self, *, lines: int = 1, attrs: dict[str, Any] | None = None) -> None:
        def one(language: str) -> forms.Widget:
            attributes = {"lang": HTML_LANG[language], "dir": direction(language)}
            return forms.Textarea({**attributes, "rows": lines}) if lines > 1 else forms.TextInput(attributes)

        super().__init__({language: one(language) for language in LANGUAGES}, attrs)

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        return [(value or {}).get(language, "") for language in LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        parts = context["widget"]["subwidgets"]
        # A text that nobody has written is not missing in one language.
        is_written = any(part["value"] for part in parts)
        for part, language in zip(parts, LANGUAGES, strict=True):
            part["label"] = LANGUAGE_LABELS[language]
            part["missing"] = is_written and not part["value"]
        return context


def _text() -> forms.Field:
    return forms.CharField(required=False, max_length=400)


class TranslatedFormField(forms.MultiValueField):
    """Its value is a Translated. A text that is required needs one language.

    `lines`: of each input; `part` makes the field that reads one language.
    """

    def __init__(
        self, *, lines: int = 1, part: Callable[[], forms.Field] = _text, required: bool = True, **kwargs: Any
    ) -> None:
        parts = tuple(part() for _language in LANGUAGES)
        kwargs.setdefault("widget", TranslatedWidget(lines=lines))
        super().__init__(fields=parts, required=required, require_all_fields=False, **kwargs)
        self.error_messages["required"] = _("Enter this in at least one language.")

    def compress(self, values: list[str]) -> Translated:
        return Translated({code: text for code, text in zip(LANGUAGES, values, strict=False) if text})

    def clean(self, value: list[str] | None) -> Translated:
        cleaned = super().clean(value) or Translated()
        if self.required and not cleaned:
            raise ValidationError(self.error_messages["required"], code="required")
        return Translated(cleaned)
