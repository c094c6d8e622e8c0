"""The next fair of a series: a draft that begins with what this one had."""

from typing import Any, TypeVar

from django import forms
from django.core.validators import validate_slug
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.fairs.models import Fair, RoleAssignment
from fairplatform.i18n.forms import TranslatedFormField
from fairplatform.policy import Role, load

M = TypeVar("M", bound=Model)


class NextFairForm(forms.Form):
    """What is its own: its name and its address. The series may get its name here."""

    use_required_attribute = False
    name = TranslatedFormField(label=gettext_lazy("Name of the next fair"))
    slug = forms.CharField(
        label=gettext_lazy("Web address"),
        help_text=gettext_lazy("The last part of its web address: letters, digits and hyphens."),
        max_length=40, validators=[validate_slug], widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    series = forms.CharField(
        label=gettext_lazy("Series"),
        help_text=gettext_lazy("The name that all fairs of the series share. Results can be compared by it."),
        max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if Fair.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Another fair has this address."))
        return slug


@transaction.atomic
def make_next_fair(actor: Actor, *, fair: int, name: dict[str, str], slug: str, series: str) -> Fair:
    """A new draft with this fair's settings, bodies, halls, units and working hours; the actor organises it.

    What has a date is left out: days, holidays, hours that hold for a time, units' reply dates.
    """
    old: Fair = load(Fair, actor, "fair.organise", lock=True, pk=fair)
    Fair.objects.filter(pk=old.pk).update(series=series)
    new = _copied(Fair.objects.get(pk=old.pk))
    new.name, new.slug, new.series = name, slug, series
    new.state, new.ceremony_at = Fair.State.DRAFT, None
    new.planned_rounds, new.is_demo, new.times_moved = 0, False, False
    new.save(force_insert=True)
    hours = old.working_hours.filter(first=None, last=None)
    for rows in (old.bodies.all(), old.halls.all(), old.units.all(), hours):
        _copy_rows(rows, new)
    new.units.update(reply_by=None)
    RoleAssignment.objects.create(fair=new, user=actor.person, role=Role.ORGANISER)
    write_audit_entry(actor, "fair.organise", new, after={"slug": slug, "made_from": old.slug})
    return new


def _copy_rows(rows: QuerySet[Any], fair: Fair) -> None:
    copies = [_copied(row) for row in rows.order_by("pk")]
    for copy in copies:
        copy.fair = fair
    rows.model._default_manager.bulk_create(copies)


def _copied(row: M) -> M:
    row.pk = None
    row._state.adding = True
    return row
