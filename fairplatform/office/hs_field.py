"""A form field for an HS code, which is chosen by a word in any of three languages or by a number of 2 to 10 digits."""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths import hs_candidates, hs_codes
from booths.hs_codes import HEADING
from fairplatform.i18n.templatetags.language import hs as printed
from fairplatform.i18n.text import current_language, isolated
from fairplatform.workbook.kinds import Kind

from .fields import FIGURES, KindField

HELP = gettext_lazy("A word in any of the three languages, such as padlock, or a number of 2 to 10 digits.")


class Picked(NamedTuple):
    """What was sent: what was typed or chosen, and the code whose title was shown beside it."""

    text: str
    shown: str


class HsPicker(forms.TextInput):
    """A text box; what is typed into it may mean several codes, which are offered. Works without JavaScript too."""

    template_name = "components/hs_picker.html"

    def __init__(self) -> None:
        super().__init__({**FIGURES, "dir": "auto", "maxlength": str(hs_candidates.LONGEST)})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Picked | None:
        text, chosen = data.get(name), data.get(f"{name}-choice")
        if text is None:
            return None
        # What was offered for a word counts for that word alone.
        if chosen and data.get(f"{name}-asked") == text:
            return Picked(chosen, chosen)
        return Picked(text, data.get(f"{name}-shown") or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return context | {"reading": hs_candidates.read(value or ""), "name": name}


class HsField(KindField):
    """An HS code as its column reads it. What is typed counts once the title of its code has been shown."""

    def __init__(self, kind: Kind, **kwargs: Any) -> None:
        said = {"label": gettext_lazy("HS code"), "help_text": HELP}
        super().__init__(kind, **{"widget": HsPicker(), **said, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Picked):
            return value.text
        return printed(value) if isinstance(value, str) and value.isdecimal() else super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        text, shown = value if isinstance(value, Picked) else (value or "", None)
        reading = hs_candidates.read(text)
        try:
            digits = super().clean(text)
        except ValidationError as refused:
            if reading.text and not reading.is_number and getattr(refused, "code", "") == "hs_code_form":
                raise ValidationError(_not_chosen(reading), code="hs_code_form") from None
            raise
        if reading.code and shown is not None and shown[: len(reading.code)] != reading.code:
            raise ValidationError(_not_confirmed(reading), code="hs_unconfirmed")
        return digits

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(initial, data.text if isinstance(data, Picked) else data))


def _not_chosen(reading: hs_candidates.Reading) -> str:
    if reading.candidates:
        return _("Choose one of these codes.")
    sentence = _("No HS code was found for “%(text)s”. Try another word, or enter the number.")
    return sentence % {"text": isolated(reading.text)}


def _not_confirmed(reading: hs_candidates.Reading) -> str:
    if reading.is_known:
        sentence = _("HS %(code)s means: %(title)s. Save again if this is right.")
    else:
        sentence = _("HS 2022 does not have %(code)s. Choose another code, or save again to keep it.")
    return sentence % {"code": printed(reading.code), "title": _title(reading.code)}


def _title(code: str) -> str:
    """Of a code that has a title in English only, that of its heading, which is in the reader's language, before it."""
    own = hs_codes.title(code)
    if not own.in_language(current_language()).fallback:
        return isolated(own)
    return f"{isolated(hs_codes.title(code[:HEADING]))} · {isolated(own)}"
