"""The next fair of a series: a draft that begins with what this one had."""

from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.fairs.drafts import give_organiser
from fairplatform.fairs.models import Fair
from fairplatform.policy import load

from ..fields import InLanguagesField, KindField, kind_of
from .taking_over import TakeOver, copied


class NextFairForm(forms.Form):
    """What is its own: its name and its address. The series may get its name here."""

    use_required_attribute = False
    name = InLanguagesField(
        kind_of("fair", "name_en"),
        label=gettext_lazy("Name of the next fair"),
        help_text=gettext_lazy("Change it so that the two fairs can be told apart, for example by the year."),
    )
    slug = KindField(
        kind_of("fair", "slug"),
        label=gettext_lazy("Web address"),
        help_text=gettext_lazy("The last part of its web address: letters, digits and hyphens."),
    )
    series = KindField(
        kind_of("fair", "series"),
        label=gettext_lazy("Series"),
        help_text=gettext_lazy("The name that all fairs of the series share."),
    )

    companies = forms.BooleanField(
        label=gettext_lazy("Copy the companies with their staff, booths and products"),
        help_text=gettext_lazy(
            "They will wait for approval. Companies that also take part in fairs of other organisers will be invited; "
            "refused and withdrawn ones are not copied. Those that do not want to meet each other will not meet in the "
            "next fair either; other wishes and absences are not copied."
        ),
        required=False,
    )
    demands = forms.BooleanField(
        label=gettext_lazy("Copy the open demands of these companies as well"),
        help_text=gettext_lazy("Those without a deadline, or whose deadline has not passed."),
        required=False,
    )
    people = forms.BooleanField(
        label=gettext_lazy("Copy interpreters, liaison officers, floor assistants and delegation organisers"),
        help_text=gettext_lazy("Those who are also in fairs of other organisers will be invited."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("demands") and not cleaned.get("companies"):
            self.add_error("demands", _("Demands can only be copied together with the companies."))
        return cleaned

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if Fair.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Another fair has this address."))
        return slug


@transaction.atomic
def make_next_fair(
    actor: Actor,
    *,
    fair: int,
    name: dict[str, str],
    slug: str,
    series: str,
    now: datetime,
    companies: bool = False,
    demands: bool = False,
    people: bool = False,
) -> tuple[Fair, dict[str, int]]:
    """A new draft with this fair's settings, bodies, halls, units and working hours; the actor organises it.

    With `companies`, and with their open `demands`, or with `people` also those, and this fair's other organisers; how
    many of each is returned. What has a date is left out: days, holidays, hours that hold for a time, units' reply
    dates.
    """
    old: Fair = load(Fair, actor, "fair.organise", lock=True, pk=fair)
    Fair.objects.filter(pk=old.pk).update(series=series)
    new = copied(Fair.objects.get(pk=old.pk))
    new.name, new.slug, new.series = name, slug, series
    new.state, new.ceremony_at = Fair.State.DRAFT, None
    new.planned_rounds, new.is_demo, new.times_moved = 0, False, False
    new.save(force_insert=True)
    hours = old.working_hours.filter(first=None, last=None)
    for rows in (old.bodies.all(), hours):
        _copy_rows(rows, new)
    halls, units = _copy_rows(old.halls.all(), new), _copy_rows(old.units.all(), new)
    new.units.update(reply_by=None)
    give_organiser(new, actor.person, now)
    taken = TakeOver(actor, old, new, halls, units, now)
    if companies or people:
        taken.organisers()
    if companies:
        taken.companies(demands=demands)
    if people:
        taken.people()
    after = {"slug": slug, "made_from": old.slug, "taken_over": taken.counts}
    write_audit_entry(actor, "fair.organise", new, after=after)
    return new, taken.counts


def taken_over(counts: dict[str, int]) -> list[str]:
    """What was taken over, in sentences; nothing of what was not."""
    sentences = {
        "companies": ngettext(
            "%(number)s company was copied.", "%(number)s companies were copied.", counts.get("companies", 0)
        ),
        "companies_invited": ngettext(
            "%(number)s company of other organisers is invited.",
            "%(number)s companies of other organisers are invited.",
            counts.get("companies_invited", 0),
        ),
        "products": ngettext(
            "%(number)s product was copied.", "%(number)s products were copied.", counts.get("products", 0)
        ),
        "demands": ngettext(
            "%(number)s demand was copied.", "%(number)s demands were copied.", counts.get("demands", 0)
        ),
        "people": ngettext("%(number)s person was copied.", "%(number)s people were copied.", counts.get("people", 0)),
        "people_invited": ngettext(
            "%(number)s person of other organisers is invited.",
            "%(number)s people of other organisers are invited.",
            counts.get("people_invited", 0),
        ),
    }
    return [sentence % {"number": counts[name]} for name, sentence in sentences.items() if counts.get(name)]


def _copy_rows(rows: QuerySet[Any], fair: Fair) -> dict[int, Any]:
    """The new rows, by the keys of the old ones."""
    copies = {row.pk: copied(row) for row in rows.order_by("pk")}
    for copy in copies.values():
        copy.fair = fair
    rows.model._default_manager.bulk_create(copies.values())
    return copies
