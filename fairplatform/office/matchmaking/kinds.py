"""Pairs and wishes as rows that organisers add, change and remove; their lists are pages of their own, with filters."""

from django.utils.translation import gettext_lazy as _

from fairplatform.fairs.models import Preference
from meetings.models import Pair

from ..setup.forms import SetupForm
from ..setup.rows import RowKind, Words
from .pair_form import PairForm
from .wish_form import WishForm


class Pairs(RowKind[Pair]):
    name = "pairs"
    model = Pair
    form = PairForm
    words = Words(
        _("Pairs"),
        _("Add a pair"),
        _("No pairs yet"),
        _("A pair comes before everything that the matching finds. Pin one in the list, or add it here."),
    )

    def label(self, row: Pair) -> str:
        return f"{row.exhibitor.company.name} · {row.buyer.company.name}" if row.pk else ""

    def save(self, form: SetupForm[Pair]) -> None:
        if "starts_at" in form.changes()[1]:
            form.instance.zone = form.fair.station_zone if form.instance.starts_at else ""
        form.save()


class Wishes(RowKind[Preference]):
    name = "wishes"
    model = Preference
    form = WishForm
    words = Words(
        _("Wishes"),
        _("Add a wish"),
        _("No wishes yet"),
        _("Companies say on their own pages whom they must, would like to or do not want to meet. You can say it too."),
    )

    def label(self, row: Preference) -> str:
        return f"{row.participation.company.name} · {row.wanted.company.name}" if row.pk else ""
