"""The filters above the lists of people."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from booths.filter_fields import Choices
from booths.forms import Filter
from fairplatform.fairs.models import Fair
from fairplatform.i18n.forms import LANGUAGE_LABELS

from ..fields import OWN_WORDS
from .places import ROLES


class PeopleFilter(Filter):
    """What every list of the fair's people can be narrowed by."""

    q = forms.CharField(required=False, max_length=100, label=_("Name, email or number"))
    company = forms.CharField(required=False, max_length=100, label=_("Company"), widget=forms.TextInput(OWN_WORDS))
    unit = forms.ChoiceField(required=False, label=_("Recruiting unit"))
    role = forms.ChoiceField(required=False, label=_("Role"))
    language = forms.ChoiceField(required=False, label=_("Language"))

    def __init__(self, values: MultiValueDict[str, str], fair: Fair, **choices: Choices) -> None:
        super().__init__(
            values,
            unit=[(str(unit.pk), str(unit.name)) for unit in fair.units.order_by("key", "pk")],
            role=ROLES,
            language=LANGUAGE_LABELS.items(),
            **choices,
        )


class PersonFilter(PeopleFilter):
    ACCESS = [
        ("without", _("Without a link")),
        ("none", _("No working link and no email address")),
        ("unopened", _("Link not opened yet")),
        ("invited", _("Invited, not accepted yet")),
    ]

    access = forms.ChoiceField(required=False, label=_("Link status"))

    def __init__(self, values: MultiValueDict[str, str], fair: Fair) -> None:
        super().__init__(values, fair, access=self.ACCESS)
