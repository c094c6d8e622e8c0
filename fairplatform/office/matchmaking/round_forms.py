"""The forms by which organisers open a round and change its deadline."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.fairs.models import Fair
from fairplatform.i18n.times import zone_name
from meetings.models.meeting import Side

from ..fields import kind_of
from ..setup.fields import ZonedField

SIDES = [(Side.BUYER.value, gettext_lazy("Buyers")), (Side.EXHIBITOR.value, gettext_lazy("Exhibitors"))]


class DeadlineForm(forms.Form):
    """The deadline is entered by the clock of the buyers' country; its page shows it in both."""

    use_required_attribute = False
    deadline = ZonedField(kind_of("fair", "ceremony_at"), label=gettext_lazy("Answer by"))

    def __init__(self, *args: Any, fair: Fair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["deadline"]
        assert isinstance(field, ZonedField)
        field.zone = ZoneInfo(fair.station_zone)
        field.help_text = _("Date and time by this clock: %(zone)s") % {"zone": zone_name(fair.station_zone)}


class RoundForm(DeadlineForm):
    side = forms.ChoiceField(label=gettext_lazy("Who is asked"), choices=SIDES)
    field_order = ("side", "deadline")
