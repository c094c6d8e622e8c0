"""The content of an outcome's version, apart from who wrote it and when."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from booths import hs_codes
from fairplatform.errors import Refused
from meetings.models.outcome import OutcomeVersion

LONGEST_MONTHS = 60


@dataclass(frozen=True)
class Content:
    """The fields of an OutcomeVersion that the two sides agree on.

    `amount_minor`: in the currency's smallest unit; with `highest_minor` the lower end of a band. `demand_id`: of the
    buyer's demands the one that an intended deal answers.
    """

    kind: str
    goods: str = ""
    hs_code: str = ""
    quantity: str = ""
    amount_minor: int | None = None
    highest_minor: int | None = None
    currency: str = ""
    months: int | None = None
    demand_id: int | None = None
    terms: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    next_step_by: str = ""
    note: str = ""

    @classmethod
    def of(cls, version: OutcomeVersion) -> "Content":
        return cls(**{field.name: getattr(version, field.name) for field in fields(cls)})

    def as_fields(self) -> dict[str, Any]:
        """The fields of a version with this content."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**values, "hs6": self.hs_code[:6]}

    def without_amount(self) -> "Content":
        return replace(self, amount_minor=None, highest_minor=None, currency="")

    def problems(self) -> Iterator[tuple[str, Refused]]:
        """What is wrong with the content: the form field it belongs to, and the refusal."""
        if self.kind in OutcomeVersion.NEED_AMOUNT and self.amount_minor is None:
            yield "amount", Refused("amount_needed")
        if self.kind not in OutcomeVersion.MAY_HAVE_AMOUNT and self.amount_minor is not None:
            yield "amount", Refused("amount_not_allowed")
        if (self.amount_minor is None) != (not self.currency):
            yield "amount", Refused("amount_needed")
        yield from self._of_intended()
        if self.hs_code and not (self.hs_code.isascii() and self.hs_code.isdigit() and len(self.hs_code) in (6, 8, 10)):
            yield "hs_code", Refused("hs_form")
        elif self.hs_code and not hs_codes.exists(self.hs_code[:6]):
            yield "hs_code", Refused("hs_unknown")
        if not self.next_step and (self.next_step_on or self.next_step_by):
            yield "next_step", Refused("step_needed")

    def _of_intended(self) -> Iterator[tuple[str, Refused]]:
        """What intended deals alone have."""
        if self.highest_minor is not None and self.kind not in OutcomeVersion.MAY_HAVE_BAND:
            yield "amount", Refused("band_only_intended")
        if self.demand_id is not None and self.kind not in OutcomeVersion.MAY_NAME_DEMAND:
            yield "demand", Refused("demand_only_intended")
        if self.kind in OutcomeVersion.NEED_MONTHS and not (self.months and 1 <= self.months <= LONGEST_MONTHS):
            yield "months", Refused("months_needed")
        if self.kind not in OutcomeVersion.NEED_MONTHS and self.months is not None:
            yield "months", Refused("months_only_intended")

    def check(self) -> None:
        """Raises Refused for the first problem."""
        for _field, refused in self.problems():
            raise refused


def read_hs(text: str) -> str:
    """The digits of an HS code as typed, such as `8203.20`, `8203 20 00` or ۸۲۰۳۲۰; raises Refused("hs_form").

    National customs codes have eight digits or ten; the first six are the same in all countries.
    """
    marks = re.sub(r"[\s.\-]", "", text)
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in marks)
    if not re.fullmatch(r"[0-9]{6}|[0-9]{8}|[0-9]{10}", digits):
        raise Refused("hs_form")
    return digits
