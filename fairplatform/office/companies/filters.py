"""The filters above the list of companies."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from booths.forms import Filter
from fairplatform.accounts.locations import country_name
from fairplatform.fairs.models import Fair, Participation

from . import queries


class CompanyFilter(Filter):
    SORTS = [
        ("", _("Name")),
        ("city", _("Country and city")),
        ("hall", _("Hall and booth")),
        ("unit", _("Recruiting unit")),
        ("state", _("Status")),
        ("new", _("Newest first")),
    ]
    PARTS = [("sells", _("Sells")), ("buys", _("Buys"))]
    WITHOUT = [
        ("people", _("Without people")),
        ("languages", _("Nobody says which languages they speak")),
        ("hall", _("Sells, without a hall")),
        ("en", _("Without an English name")),
        ("zh-hans", _("Without a Chinese name")),
        ("ur", _("Without an Urdu name")),
    ]

    q = forms.CharField(required=False, max_length=100, label=_("Name, number or contact"))
    part = forms.ChoiceField(required=False, label=_("Sells or buys"))
    state = forms.ChoiceField(required=False, label=_("Status"))
    unit = forms.ChoiceField(required=False, label=_("Recruiting unit"))
    hall = forms.ChoiceField(required=False, label=_("Hall"))
    country = forms.ChoiceField(required=False, label=_("Country"))
    without = forms.ChoiceField(required=False, label=_("Missing"))
    sort = forms.ChoiceField(required=False, label=_("Sort by"), choices=SORTS)

    def __init__(self, values: MultiValueDict[str, str], fair: Fair) -> None:
        super().__init__(
            values,
            part=self.PARTS,
            state=Participation.State.choices,
            unit=[(str(unit.pk), str(unit.name)) for unit in fair.units.order_by("key", "pk")],
            hall=[(str(hall.number), f"{hall.number} · {hall.name}") for hall in fair.halls.all()],
            country=[(code, country_name(code)) for code in queries.countries(fair)],
            without=self.WITHOUT,
        )
