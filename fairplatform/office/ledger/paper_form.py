"""The form of a paper that organisers enter into the ledger from a document or a report, or correct there."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
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

from .. import places
from ..asking import asked_back
from ..matchmaking.company_field import Companies
from .amounts import AS_WRITTEN, currency_choices, is_plain, shown_back, take, typed, usual
from .names import Boxes, Named
from .paper_fields import NAMES, PaperFields

TEXTS = ("kind", "provenance", "subject", "sector", "quantity_unit", "signed_at", "source")
DATES = ("signed_on", "valid_until")
BINDING = {"": None, "yes": True, "no": False}
_BY_CODE = {"ledger_parties": "parties", "ledger_party_twice": "parties", "ledger_prevailing": "prevailing"}


class PaperForm(PaperFields):
    """`before`: what the entry says that this one corrects; `entry`: what has been stored of the form."""

    def __init__(
        self, data: QueryDict | None = None, *, fair: Fair, today: date, before: Content | None = None
    ) -> None:
        self.fair, self.today, self.before = fair, today, before
        self.entry: Entry | None = None
        self._companies = Companies(fair)
        self._named = Named(self._companies, before.names if before else ())
        super().__init__(data, initial=_initial(before, self._named))
        self._choose()
        if before is None:
            del self.fields["reason"]

    def _choose(self) -> None:
        stored = self.before or Content(kind="", provenance="")
        languages = places.languages(self.fair.host_country, self.fair.station_country, also=stored.languages)
        provenances = [one for one in Entry.Provenance.choices if one[0] != Entry.Provenance.PARTIES]
        choices: Mapping[str, list[tuple[Any, Any]]] = {
            "kind": [("", _("Not chosen")), *Kind.choices],
            "provenance": [("", _("Not chosen")), *provenances],
            "currency": [("", AS_WRITTEN), *currency_choices(self.fair, stored.currency)],
            "languages": list(languages),
            "prevailing": [("", _("None prevails")), *languages],
            "is_binding": [("", _("Not said")), ("yes", _("Binding")), ("no", _("Not binding"))],
        }
        for name, own in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = own
        boxes = self.fields["parties"].widget
        assert isinstance(boxes, Boxes)
        boxes.suggested = list(self._companies.suggested.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._money, self._realised = self._amounts(cleaned)
        self._names = self._read_names(cleaned)
        problems = list(self._problems(cleaned))
        for problem in problems:
            if problem.severity == "error" and problem.column not in self.errors:
                self.add_error(self._field(problem.column), sentence(problem.code, problem.parameters))
        if not self.errors:
            self.content = self._content(cleaned)
            for refused in self.content.problems():
                self.add_error(_BY_CODE.get(refused.code), refused.sentence)
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

    def _read_names(self, cleaned: dict[str, Any]) -> dict[str, list[Name]]:
        names: dict[str, list[Name]] = {}
        for field, part in NAMES.items():
            try:
                names[field] = self._named.read(part, cleaned.get(field) or [])
            except ValidationError as several:
                self.add_error(field, several)
        return names

    def _problems(self, cleaned: dict[str, Any]) -> Iterator[Problem]:
        """What the workbook's sheet would find in these cells."""
        cells = {name: cleaned.get(name) for name in (*TEXTS, *DATES, "quantity")}
        for field in ("parties", "collaborating", "witnesses"):
            cells[field] = [_cell(name) for name in self._names.get(field, [])]
        if self._money:
            cells |= {"amount": major_units(*self._money), "currency": self._money.currency}
        days = [{"date": day} for day in self.fair.days.values_list("date", flat=True)]
        beside = Situation(lambda sheet: days if sheet == "days" else [])
        return problems_of("ledger", {name: cell for name, cell in cells.items() if cell not in (None, "")}, beside)

    def _field(self, column: str | None) -> str | None:
        return column if column in self.fields else None

    def _content(self, cleaned: dict[str, Any]) -> Content:
        paid, before = self._money or self._realised, self.before or Content(kind="", provenance="")
        quantity, chosen = cleaned["quantity"], cleaned["languages"]
        return Content(
            **{name: cleaned[name] for name in (*TEXTS, *DATES, "prevailing", "evidence")},
            # In the order that they are stored in, which a page does not say.
            languages=before.languages if set(before.languages) == set(chosen) else chosen,
            names=tuple(one for names in self._names.values() for one in names),
            amount_minor=self._money.minor if self._money else None,
            realised_minor=self._realised.minor if self._realised else None,
            currency=paid.currency if paid else "",
            is_amount_hidden=before.is_amount_hidden,
            quantity=int(quantity * QUANTITY_SCALE) if isinstance(quantity, Decimal) else None,
            is_binding=BINDING[cleaned["is_binding"]],
            scans=before.scans,
        )

    def _questions(self, cleaned: dict[str, Any], problems: Iterable[Problem]) -> Iterator[str]:
        """What can be stored and is hardly meant, and what was understood where that could be something else."""
        for name, money in (("amount", self._money), ("realised", self._realised)):
            if money and not is_plain(cleaned[name], cleaned["currency"]):
                yield shown_back(money)
        if unknown := self._named.unknown:
            near = [label for text in unknown for label in self._companies.near(text)]
            yield _("Not companies of this fair, so only their names are entered: %(names)s.") % {
                "names": joined(map(isolated, unknown))
            } + (" " + _("Similar names at the fair: %(names)s.") % {"names": joined(near)} if near else "")
        if cleaned["signed_on"] and cleaned["signed_on"] > self.today:
            yield _("The date is in the future. If it is right, send it again.")
        warnings = [one for one in problems if one.severity == "warning"]
        yield from asked_back(Doubt(one.column or "", one.code, one.parameters) for one in warnings)


def _cell(name: Name) -> str:
    return str(name.participation_id) if name.participation_id else next(iter(name.name.values()), "")


def _initial(before: Content | None, named: Named) -> dict[str, Any]:
    """As a person would type what the entry says."""
    if before is None:
        return {}
    own = {name: getattr(before, name) for name in (*TEXTS, *DATES, "currency", "languages", "prevailing", "evidence")}
    return {
        **own,
        **{field: named.shown(part) for field, part in NAMES.items()},
        "amount": typed(before.amount_minor, before.currency),
        "realised": typed(before.realised_minor, before.currency),
        "quantity": None if before.quantity is None else Decimal(before.quantity) / QUANTITY_SCALE,
        "is_binding": next(key for key, value in BINDING.items() if value is before.is_binding),
    }
