"""Reported figures and rates of exchange as rows that organisers add, change and remove."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fairplatform.fairs.keys import new_key
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import isolated
from fairplatform.ledger.models import ExchangeRate, ReportedFigure

from ..setup.forms import SetupForm
from ..setup.rows import RowKind, Words
from .row_forms import FigureForm, RateForm


class Reported(RowKind[ReportedFigure]):
    name = "reported"
    model = ReportedFigure
    form = FigureForm
    words = Words(
        _("Reported figures"),
        _("Add a figure"),
        _("No reported figures yet"),
        _(
            "Figures that a ministry or a newspaper has published. They are shown beside the ledger's totals and are "
            "part of none."
        ),
    )

    def label(self, row: ReportedFigure) -> str:
        return row.label

    def save(self, form: SetupForm[ReportedFigure]) -> None:
        row = form.instance
        if not row.key:
            taken = set(self.rows(form.fair).values_list("key", flat=True))
            row.key = new_key([row.label, self.name], taken)
        form.save()


class Rates(RowKind[ExchangeRate]):
    name = "rates"
    model = ExchangeRate
    form = RateForm
    words = Words(
        _("Exchange rates"),
        _("Add a rate"),
        _("No exchange rates yet"),
        _("With a rate and its source, totals of other currencies also show what they come to in US dollars."),
    )

    def rows(self, fair: Fair) -> QuerySet[ExchangeRate]:
        return super().rows(fair).order_by("-date", "base", "quote")

    def label(self, row: ExchangeRate) -> str:
        return isolated(f"{row.base} · {row.quote} · {row.date}") if row.pk else ""
