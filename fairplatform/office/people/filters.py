"""The filters above the list of people."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from booths.forms import Filter
from fairplatform.fairs.models import Fair
from fairplatform.i18n.forms import LANGUAGE_LABELS

from .places import ROLES


class PersonFilter(Filter):
    ACCESS = [
        ("without", _("Without a link")),
        ("unopened", _("Link not opened yet")),
        ("invited", _("Invited, not accepted yet")),
    ]

    q = forms.CharField(required=False, max_length=100, label=_("Name, email or number"))
    company = forms.CharField(required=False, max_length=100, label=_("Company"))
    unit = forms.ChoiceField(required=False, label=_("Recruiting unit"))
    role = forms.ChoiceField(required=False, label=_("Role"))
    language = forms.ChoiceField(required=False, label=_("Language"))
    access = forms.ChoiceField(required=False, label=_("Access"))

    def __init__(self, values: MultiValueDict[str, str], fair: Fair) -> None:
        super().__init__(
            values,
            unit=[(str(unit.pk), str(unit.name)) for unit in fair.units.order_by("key", "pk")],
            role=ROLES,
            language=LANGUAGE_LABELS.items(),
            access=self.ACCESS,
        )
