"""What reading a workbook finds: where it stands, whether it forbids storing, and a sentence that says what to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise

from fairplatform.i18n.text import isolated

Severity = Literal["error", "warning"]
FINDINGS: dict[str, Promise] = {}
"""The sentence of each code; `register` adds to it."""

SHOWN: dict[str, Callable[[str, str], str]] = {}
"""How a parameter that is a key of the workbook reads in a sentence, by its name; from the sheet and the parameter."""


def register(sentences: Mapping[str, Promise]) -> None:
    """Adds the sentences of a module's own codes."""
    doubled = FINDINGS.keys() & sentences.keys()
    assert not doubled, doubled
    FINDINGS.update(sentences)


def sentence(code: str, parameters: Mapping[str, str]) -> str:
    """The sentence of a code in the active language."""
    return str(FINDINGS[code] % {name: isolated(value) for name, value in parameters.items()})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a workbook that its author should look at.

    `row`: as the spreadsheet program numbers it; None for a whole sheet. `column`: a column's key. `parameters` fill
    the sentence of the code; they never hold what must not be shown again, such as the number of an identity card.
    """

    sheet: str
    row: int | None
    column: str | None
    code: str
    severity: Severity
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """In the active language."""
        shown = {
            name: SHOWN[name](self.sheet, value) if name in SHOWN else value for name, value in self.parameters.items()
        }
        return sentence(self.code, shown)
