"""The pages of the office, in the order of its menu."""

from collections.abc import Collection
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, RecruitingUnit
from fairplatform.i18n.text import isolated
from fairplatform.policy import Role
from meetings.models import TickRound


class Entry(NamedTuple):
    """A page of the menu: its route, which takes the fair's slug, and its label."""

    route: str
    label: Promise


class Group(NamedTuple):
    """Pages that belong together: on narrow screens only those of one group are shown, the others by their label."""

    label: Promise
    entries: tuple[Entry, ...]


Links = list[tuple[str, str]]
"""Addresses and labels."""

IMPORT_COMPANIES = _("Import companies")
MENU = (
    Group(_("Overview"), (Entry("office:overview", _("Overview")),)),
    Group(
        _("The fair"),
        (
            Entry("office:fair", _("The fair")),
            Entry("office:bodies", _("Hosts and organisers")),
            Entry("office:halls", _("Halls")),
        ),
    ),
    Group(
        _("Time"),
        (
            Entry("office:days", _("Days and slots")),
            Entry("office:hours", _("Working hours")),
            Entry("office:holidays", _("Holidays")),
            Entry("office:common_hours", _("Common hours")),
        ),
    ),
    Group(
        _("Participants"),
        (
            Entry("office:units", _("Recruiting units")),
            Entry("office:companies", _("Companies")),
            Entry("office:people", _("People")),
            Entry("office:links", _("Personal links")),
            Entry("office:imports", _("Import and export")),
        ),
    ),
    Group(_("Demands"), (Entry("demands:taken", _("Demands")), Entry("demands:gaps", _("Gap list")))),
    Group(
        _("Meetings"),
        (
            Entry("office:matching", _("Matching")),
            Entry("office:schedule", _("Schedule")),
            Entry("office:answers", _("Answers and changes")),
            Entry("meetings:absences", _("Absences")),
            Entry("meetings:hours", _("Interpreters' hours")),
            Entry("meetings:whole_schedule", _("Schedule to print")),
        ),
    ),
    Group(
        _("Results"),
        (
            Entry("office:outcomes", _("Open outcomes")),
            Entry("office:satisfaction", _("Satisfaction")),
            Entry("office:ledger", _("Agreement ledger")),
            Entry("office:reported", _("Reported figures")),
            Entry("office:rates", _("Exchange rates")),
            Entry("report:briefs", _("Daily briefs")),
            Entry("report:report", _("Report of the fair")),
            Entry("report:series", _("Fairs of the series")),
            Entry("office:tokens", _("Access for programs")),
        ),
    ),
)


def menu_of(person: Viewer, fair: Fair) -> list[tuple[str, Links]]:
    """By the label of the group: all pages for organisers; for delegates what concerns their unit, without label.

    That is what they may import, the unit's companies with the links of their people, their meetings and demands, and
    the round of ticking that is open.
    """
    own = memberships(person, fair.pk)
    if Role.ORGANISER in own.roles:
        return [
            (str(group.label), [(reverse(one.route, args=[fair.slug]), str(one.label)) for one in group.entries])
            for group in MENU
        ]
    return [("", _of_delegate(fair, own.units))]


def _of_delegate(fair: Fair, of: Collection[int]) -> Links:
    units = list(fair.units.filter(pk__in=of).order_by("key", "pk"))
    entries = _of_units("office:unit_imports", IMPORT_COMPANIES, fair, units)
    entries += _of_units("office:unit_companies", _("Companies and links"), fair, units)
    if units and fair.state != Fair.State.DRAFT:
        entries += _of_units("meetings:unit_schedule", _("Meetings of our companies"), fair, units)
        entries.append((reverse("office:meeting_messages", args=[fair.slug]), str(_("Messages with meetings"))))
        entries.append((reverse("office:answers", args=[fair.slug]), str(_("Answers and changes"))))
        entries.append((reverse("office:outcomes", args=[fair.slug]), str(_("Open outcomes"))))
        entries.append((reverse("demands:taken", args=[fair.slug]), str(_("Demands"))))
    entries += [
        (reverse("office:round", args=[fair.slug, one.pk]), str(_("Whom companies would like to meet")))
        for one in TickRound.objects.filter(fair=fair, closed_at=None)
        if units
    ]
    return entries


def _of_units(route: str, title: Promise, fair: Fair, units: list[RecruitingUnit]) -> Links:
    """An entry for each unit, which is named where they are several."""
    labels = [str(title) if len(units) == 1 else f"{title}: {isolated(unit.name)}" for unit in units]
    return [(reverse(route, args=[fair.slug, unit.pk]), label) for unit, label in zip(units, labels, strict=True)]
