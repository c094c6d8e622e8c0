"""The forms to enter an absence, and the hours in which a company would rather meet."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.fairs.models import Fair, Participation
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


class HoursForm(forms.Form):
    """When a company would rather meet, on every day of the fair and by its own clock; no times: whenever."""

    use_required_attribute = False
    company = forms.ChoiceField(
        label=gettext_lazy("Company"), help_text=gettext_lazy("Times are in this company's time zone.")
    )
    preferred_from = forms.TimeField(
        label=gettext_lazy("From"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Leave both times empty if any time suits."),
    )  # fmt: skip
    preferred_until = forms.TimeField(
        label=gettext_lazy("Until"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    def __init__(self, data: Any = None, *, owners: Sequence[Owner], company: int | None = None) -> None:
        """`company`: the one whose hours are shown at first, if it is among the owners; else those of an only one."""
        self.companies = {str(one.company.pk): one.company for one in owners if one.company}
        only = next(iter(self.companies.values())) if len(self.companies) == 1 else None
        first = self.companies.get(str(company)) or only
        names = ("preferred_from", "preferred_until")
        initial = {"company": first.pk, **{name: getattr(first, name) for name in names}} if first else {}
        super().__init__(data, initial=initial)
        self.fields["company"].choices = [  # type: ignore[attr-defined]
            (str(one.company.pk), f"{isolated(one.name)} · {zone_name(one.zone)}") for one in owners if one.company
        ]

    @property
    def chosen(self) -> Participation:
        """Of a valid form."""
        return self.companies[self.cleaned_data["company"]]

    @property
    def hours(self) -> tuple[time | None, time | None]:
        """Of a valid form."""
        return self.cleaned_data["preferred_from"], self.cleaned_data["preferred_until"]

    @staticmethod
    def is_sent(data: QueryDict) -> bool:
        """Whether it is this form of the page that was sent."""
        return "preferred_from" in data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"preferred_from", "preferred_until"} & self.errors.keys():
            return cleaned
        begins, ends = cleaned.get("preferred_from"), cleaned.get("preferred_until")
        if (begins is None) != (ends is None):
            self.add_error("preferred_until", _("Enter both times, or neither if any time suits."))
        elif begins and ends and begins >= ends:
            self.add_error("preferred_until", _("The end must be after the start, on the same day."))
        return cleaned
