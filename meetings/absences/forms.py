"""The form to enter an absence."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import isolated
from fairplatform.i18n.times import zone_name

from .owners import Owner

DAY = timedelta(days=1)


class AbsenceForm(forms.Form):
    """A day of the fair, or a part of it by the clock of whoever is absent."""

    use_required_attribute = False
    who = forms.ChoiceField(
        label=gettext_lazy("Who is absent"),
        help_text=gettext_lazy("Times are in this company's or person's time zone."),
    )
    date = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    from_time = forms.TimeField(
        label=gettext_lazy("From"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Leave both times empty for the whole day."),
    )  # fmt: skip
    until_time = forms.TimeField(
        label=gettext_lazy("Until"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    def __init__(self, data: Any = None, *, fair: Fair, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.owners = {one.key: one for one in owners}
        self.days = sorted(fair.days.values_list("date", flat=True))
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (key, f"{isolated(one.name)} · {zone_name(one.zone)}") for key, one in self.owners.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends, on = cleaned.get("from_time"), cleaned.get("until_time"), cleaned.get("date")
        if on and self.days and not self.days[0] - DAY <= on <= self.days[-1] + DAY:
            self.add_error("date", _("The fair is not on at this date."))
        if (begins is None) != (ends is None):
            self.add_error("until_time", _("Enter both times, or neither for the whole day."))
        elif begins and ends and begins >= ends:
            self.add_error("until_time", _("The end must be after the start. Over midnight, enter two absences."))
        elif not self.errors and on and begins and ends:
            self._check_clock(cleaned)
        return cleaned

    def _check_clock(self, cleaned: dict[str, Any]) -> None:
        """Times that the clock leaves out when it goes forward do not exist."""
        zone = ZoneInfo(self.owners[cleaned["who"]].zone)
        for name in ("from_time", "until_time"):
            local = datetime.combine(cleaned["date"], cleaned[name])
            if local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
                self.add_error(name, _("Clocks go forward that night, so this time does not exist. Choose another."))
