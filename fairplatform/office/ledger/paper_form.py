"""The form of a paper that organisers enter into the ledger from a document or a report, or correct there."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from fairplatform.fairs.models import Fair
from fairplatform.i18n.numbers import major_units
from fairplatform.i18n.text import isolated, joined
from fairplatform.ledger.content import Content, Name
from fairplatform.ledger.kinds import Kind
from fairplatform.ledger.models import QUANTITY_SCALE, Entry
from fairplatform.money.amounts import Money
from fairplatform.workbook.findings import sentence
from fairplatform.workbook.planning.checks import Problem, problems_of
from fairplatform.workbook.planning.situation import Situation
from fairplatform.workbook.plausible import Doubt

from .amounts import AS_WRITTEN, currency_choices, is_plain, shown_back, take, typed, usual
from .names import Boxes
from .paper_fields import PaperFields

TEXTS = ("kind", "provenance", "subject", "sector", "quantity_unit", "source")


class PaperForm(PaperFields):
    def __init__(
        self, data: QueryDict | None = None, *, fair: Fair, today: date, before: Content | None = None
    ) -> None:
        super().__init__(data, fair=fair, today=today, before=before)
        boxes = self.fields["parties"].widget
        assert isinstance(boxes, Boxes)
        boxes.suggested = list(self.companies.suggested.values())
        if before is None:
            del self.fields["reason"]

    def typed(self) -> dict[str, Any]:
        said = self.stored
        return {
            **super().typed(),
            **{name: getattr(said, name) for name in (*TEXTS, "currency")},
            "amount": typed(said.amount_minor, said.currency),
            "quantity": None if said.quantity is None else Decimal(said.quantity) / QUANTITY_SCALE,
        }

    def choices(self) -> dict[str, list[tuple[Any, Any]]]:
        provenances = [one for one in Entry.Provenance.choices if one[0] != Entry.Provenance.PARTIES]
        return {
            **super().choices(),
            "kind": [("", _("Not chosen")), *Kind.choices],
            "provenance": [("", _("Not chosen")), *provenances],
            "currency": [("", AS_WRITTEN), *currency_choices(self.fair, self.stored.currency)],
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._money, self._realised = self._amounts(cleaned)
        self._names = self.read_names(cleaned)
        problems = list(self._problems(cleaned))
        for problem in problems:
            if problem.severity == "error" and problem.column not in self.errors:
                self.add_error(self._field(problem.column), sentence(problem.code, problem.parameters))
        if not self.errors:
            self.keep(self._content(cleaned))
        if not self.errors:
            self.ask(self._questions(cleaned, problems))
        return cleaned

    def _amounts(self, cleaned: dict[str, Any]) -> tuple[Money | None, Money | None]:
        chosen = cleaned.get("currency") or ""
        money = take(self, "amount", currency=chosen, among=usual(self.fair))
        own = money.currency if money else chosen
        realised = take(self, "realised", currency=own, among=usual(self.fair))
        if money and realised and money.currency != realised.currency:
            self.add_error("realised", _("Enter it in the currency of the amount."))
        return money, realised

    def _problems(self, cleaned: dict[str, Any]) -> Iterator[Problem]:
        """What the workbook's sheet would find in these cells."""
        cells = {name: cleaned.get(name) for name in (*TEXTS, "signed_on", "signed_at", "valid_until", "quantity")}
        for field in ("parties", "collaborating", "witnesses"):
            cells[field] = [_cell(name) for name in self._names.get(field, [])]
        if self._money:
            cells |= {"amount": major_units(*self._money), "currency": self._money.currency}
        if self._money and self._realised:
            cells["realised"] = major_units(*self._realised)
        days = [{"date": day} for day in self.fair.days.values_list("date", flat=True)]
        beside = Situation(lambda sheet: days if sheet == "days" else [])
        return problems_of("ledger", {name: cell for name, cell in cells.items() if cell not in (None, "")}, beside)

    def _field(self, column: str | None) -> str | None:
        return column if column in self.fields else None

    def _content(self, cleaned: dict[str, Any]) -> Content:
        paid, quantity = self._money or self._realised, cleaned["quantity"]
        return Content(
            **{name: cleaned[name] for name in TEXTS},
            **self.signing(cleaned),
            names=tuple(one for names in self._names.values() for one in names),
            amount_minor=self._money.minor if self._money else None,
            realised_minor=self._realised.minor if self._realised else None,
            currency=paid.currency if paid else "",
            is_amount_hidden=self.stored.is_amount_hidden,
            quantity=int(quantity * QUANTITY_SCALE) if isinstance(quantity, Decimal) else None,
            scans=self.stored.scans,
        )

    def _questions(self, cleaned: dict[str, Any], problems: Iterable[Problem]) -> Iterator[str]:
        """What can be stored and is hardly meant, and what was understood where that could be something else."""
        for name, money in (("amount", self._money), ("realised", self._realised)):
            if money and not is_plain(cleaned[name], cleaned["currency"]):
                yield shown_back(money)
        if unknown := self.named.unknown:
            near = [label for text in unknown for label in self.companies.near(text)]
            yield _("Not companies of this fair, so only their names are entered: %(names)s.") % {
                "names": joined(map(isolated, unknown))
            } + (" " + _("Similar names at the fair: %(names)s.") % {"names": joined(near)} if near else "")
        warnings = [one for one in problems if one.severity == "warning"]
        yield from self.doubts(cleaned, [Doubt(one.column or "", one.code, one.parameters) for one in warnings])


def _cell(name: Name) -> str:
    return str(name.participation_id) if name.participation_id else next(iter(name.name.values()), "")
