"""Messages with a person's meetings and, once they have been made, the link and code by which that person enters."""

from collections.abc import Collection

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import IssuedLink, Viewer
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, FairDay, Participation, RecruitingUnit
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import format_day
from fairplatform.policy import Role
from meetings.day.personal import PersonalList, personal_lists
from meetings.models import Meeting

from .handout import entry_lines

ENDED = (Meeting.State.CANCELLED, Meeting.State.MISSED)


class DayField(forms.ModelChoiceField[FairDay]):
    def label_from_instance(self, obj: FairDay) -> str:
        return format_day(obj.date, current_language())


class WhichMeetings(forms.Form):
    """Whose meetings: of a day, of a unit's companies, of one company, or one meeting alone; together or apart."""

    day = DayField(None, label=_("Day"), required=False, to_field_name="number", empty_label=_("All days"))
    unit: forms.ModelChoiceField[RecruitingUnit] = forms.ModelChoiceField(
        None, label=_("Recruiting unit"), required=False, empty_label=_("All units")
    )
    company: forms.ModelChoiceField[Participation] = forms.ModelChoiceField(
        None, label=_("Company"), required=False, empty_label=_("All companies")
    )
    meeting: forms.ModelChoiceField[Meeting] = forms.ModelChoiceField(None, required=False, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, values: object, fair: Fair, reader: Viewer) -> None:
        """A delegate `reader` chooses among what is of their units."""
        super().__init__(values)  # type: ignore[arg-type]
        self.fair, own = fair, memberships(reader, fair.pk)
        self.units = None if Role.ORGANISER in own.roles else own.units
        companies = Participation.objects.filter(fair=fair, state=Participation.State.APPROVED)
        meetings, units = Meeting.objects.filter(fair=fair), fair.units.order_by("key", "pk")
        if self.units is not None:
            companies, units = companies.filter(unit__in=self.units), units.filter(pk__in=self.units)
            keys = companies.values("pk")
            meetings = meetings.filter(Q(exhibitor__in=keys) | Q(buyer__in=keys))
        rows = {
            "day": fair.days.order_by("number"),
            "unit": units,
            "company": companies.select_related("company").order_by("company__slug"),
            "meeting": meetings.with_names(),
        }
        for name, queryset in rows.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def companies(self) -> Collection[int] | None:
        """Whose people alone get a message; None: everybody in these meetings, the interpreters too."""
        if company := self.cleaned_data.get("company"):
            return {company.pk}
        if unit := self.cleaned_data.get("unit"):
            return set(Participation.objects.filter(fair=self.fair, unit=unit).values_list("pk", flat=True))
        if self.units is not None:
            rows = Participation.objects.filter(fair=self.fair, unit__in=self.units)
            return set(rows.filter(state=Participation.State.APPROVED).values_list("pk", flat=True))
        return None

    def lists(self) -> list[PersonalList]:
        """Nobody's where a value is unknown: whoever was meant, it was not everybody."""
        if self.errors:
            return []
        rows = Meeting.objects.filter(fair=self.fair).exclude(state__in=ENDED)
        if day := self.cleaned_data.get("day"):
            rows = rows.filter(slot__day=day)
        if meeting := self.cleaned_data.get("meeting"):
            rows = rows.filter(pk=meeting.pk)
        if (companies := self.companies) is not None:
            rows = rows.filter(exhibitor__in=companies) | rows.filter(buyer__in=companies)
        named: QuerySet[Meeting] = Meeting.objects.filter(pk__in=rows.values("pk")).with_names()
        named = named.prefetch_related("participants__user").order_by("slot__starts_at", "pk")
        return personal_lists(self.fair, named, companies)


def message_to(own: PersonalList, fair: Fair, link: IssuedLink | None) -> str:
    """Without a link the address of the page, where whoever is signed in sees them."""
    with translation.override(own.language):
        page = [gettext("Your schedule:"), f"{settings.PUBLIC_URL}{reverse('meetings:day', args=[fair.slug])}"]
        return own.message(fair, entry_lines(link, fair) if link else page)
