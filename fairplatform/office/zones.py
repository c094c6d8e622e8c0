"""Forms that ask back where a time zone is not one of the country chosen with it."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.accounts.locations import country_name
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import BABEL_LOCALE, zone_city
from fairplatform.i18n.zones import is_zone_of

from .forms import OfficeForm

M = TypeVar("M", bound=Model)


class ZonesForm(OfficeForm[M]):
    """A form with the country of each of its time zones in `zones`.

    A zone of another country is asked about, with a tick to confirm it; what is stored already is not asked about.
    """

    zones: ClassVar[Mapping[str, str]] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, country_field in self.zones.items():
            zone, country = cleaned.get(name), cleaned.get(country_field)
            is_new = (zone, country) != (self._stored[name], self._stored[country_field])
            if zone and country and is_new and not is_zone_of(zone, country):
                self._ask(name, zone, country)
        return cleaned

    def with_questions(self, *names: str) -> Iterator[forms.BoundField]:
        """These fields, each with the tick that confirms it where that is asked."""
        for name in names:
            yield self[name]
            if _confirmed(name) in self.fields:
                yield self[_confirmed(name)]

    def _ask(self, name: str, zone: str, country: str) -> None:
        # The tick says which zone it confirms: another one that is chosen then is asked about again.
        if self.data.get(self.add_prefix(_confirmed(name))) == zone:
            return
        sentence = _("%(zone)s is not a time zone of this country: %(country)s. Choose another one, or confirm it.")
        self.add_error(
            name,
            sentence % {"zone": zone_city(zone, BABEL_LOCALE[current_language()]), "country": country_name(country)},
        )
        self.fields[_confirmed(name)] = forms.BooleanField(
            label=gettext_lazy("Yes, this time zone"), required=False, widget=forms.CheckboxInput({"value": zone})
        )


def _confirmed(name: str) -> str:
    return f"{name}_confirmed"
