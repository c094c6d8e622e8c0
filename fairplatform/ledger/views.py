"""The agreements that everybody may read, and those of a company for its own people."""

from collections.abc import Callable
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from booths.views.list_pages import page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import permits

from . import releasing
from .models import LATEST_DAY_FIRST, Entry, EntryName, Release
from .paper import Paper
from .published import published
from .scanning import scans_of
from .showing import parts, terms
from .totals import reported


class Releasing(NamedTuple):
    """One whose release an agreement needs: a company, or the organisers; what they have released; whether they ask."""

    company: Participation | None
    release: Release | None
    is_own: bool


class ReleaseForm(forms.Form):
    """Whose release it is, and what everybody may read besides."""

    company = forms.IntegerField(required=False)
    amount = forms.BooleanField(required=False)
    scans = forms.BooleanField(required=False)

    @property
    def terms(self) -> releasing.Terms:
        return releasing.Terms(amount=self.cleaned_data["amount"], scans=self.cleaned_data["scans"])


@require_GET
@permits("fair.see", Fair, fair="slug")
def agreements(request: FairRequest, fair: Fair) -> HttpResponse:
    """What is released, the latest signed or agreed first; beside it what others have published."""
    rows = Entry.objects.released().filter(fair=fair).prefetch_related("names")
    context = page_context(request, {}, rows.order_by(LATEST_DAY_FIRST, "-number"))
    context |= {
        "fair": fair,
        "rows": published(list(context["page"].object_list)),
        "figures": reported(fair, in_public=True),
    }
    return render(request, "ledger/agreements.html", context)


@require_GET
@permits("papers.own", Participation, fair="fair__slug", pk="pk")
def own(request: FairRequest, participation: Participation) -> HttpResponse:
    """The agreements that a company is a party of, also those that were withdrawn."""
    named = EntryName.objects.filter(part=EntryName.Part.PARTY, participation=participation)
    rows = Entry.objects.newest().filter(pk__in=named.values("entry")).prefetch_related("names")
    context = {"fair": participation.fair, "company": participation.company, "participation": participation}
    context |= page_context(request, {}, rows.order_by("-number"))
    return render(request, "ledger/own.html", context)


@require_GET
@permits("paper.see", Paper, fair="fair", number="number")
def paper(request: FairRequest, paper: Paper) -> HttpResponse:
    """An agreement as its parties see it, with the amount that one of them hides from others."""
    entry = paper.newest
    if not paper.is_newest:
        return _to_newest(request, entry)
    context = {
        "fair": entry.fair,
        "entry": entry,
        "parts": parts(entry),
        "terms": terms(entry, sees_hidden=True),
        "scans": scans_of(entry),
        "releasing": releasing_of(request, entry),
        "own": memberships(request.actor.person, entry.fair_id).staff_of & entry.releasing(),
    }
    return render(request, "ledger/paper.html", context)


@require_POST
@permits("paper.release", Paper, fair="fair", number="number")
def release(request: FairRequest, paper: Paper) -> HttpResponse:
    """Lets everybody read it, for the company that is named; `back` takes that back."""
    entry = paper.newest
    if not paper.is_newest:
        return _to_newest(request, entry)
    form = ReleaseForm(request.POST)
    company, now = form.cleaned_data["company"] if form.is_valid() else None, timezone.now()
    if company and "back" in form.data:
        take_back(request, lambda: releasing.take_back(request.actor, entry=entry.pk, company=company, now=now))
    elif company:
        give(request, entry, company, form)
    return redirect("ledger:paper", entry.fair.slug, entry.number)


def _to_newest(request: FairRequest, entry: Entry) -> HttpResponse:
    """From an entry that was corrected, which its parties may know, to what is said instead."""
    messages.warning(request, Refused("ledger_corrected").sentence)
    return redirect("ledger:paper", entry.fair.slug, entry.number)


def give(request: FairRequest, entry: Entry, company: int | None, form: ReleaseForm) -> None:
    """Releases it and tells the reader; what refuses it is told too."""
    terms, now = form.terms, timezone.now()
    _tell(
        request,
        lambda: releasing.release(request.actor, entry=entry.pk, company=company, terms=terms, now=now),
        _("Released."),
    )


def take_back(request: FairRequest, act: Callable[[], None]) -> None:
    """Ends a release and tells the reader."""
    _tell(request, act, _("Taken back. It is not on the public page."))


def _tell(request: FairRequest, act: Callable[[], object], done: str) -> None:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, done)


def releasing_of(request: FairRequest, entry: Entry) -> list[Releasing]:
    """Whose release it needs, the companies first."""
    needed, managed = entry.releasing(), memberships(request.actor.person, entry.fair_id).manager_of
    given = {one.participation_id: one for one in Release.objects.filter(fair=entry.fair_id, key=entry.key)}
    companies = Participation.objects.filter(pk__in=[pk for pk in needed if pk]).select_related("company")
    found = [Releasing(one, given.get(one.pk), one.pk in managed) for one in companies]
    return [*found, Releasing(None, given.get(None), False)] if None in needed else found
