"""The outcomes that companies still owe, by recruiting unit: asking again, messages to copy, whom to call."""

from itertools import groupby
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from booths.forms import filter_query
from booths.views.list_pages import page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import may, permits
from meetings.contacts import Number, mobiles
from meetings.owed.actions import Asked, ask_again
from meetings.owed.message import request_message
from meetings.owed.queries import Open, Owing, owed, owing

from .filters import OwedFilter
from .queries import found_owing, named_in, rows_of


class Row(NamedTuple):
    """A company of the list: by which numbers it is called, and the message to copy."""

    of: Owing
    numbers: list[Number]
    message: str


@never_cache
@require_GET
@permits("outcomes.follow", Fair, fair="slug")
def outcomes(request: FairRequest, fair: Fair) -> HttpResponse:
    """By unit and company, those of a page. In the address: the filters."""
    form, lines = OwedFilter(request.GET, fair), owed(request.actor.person, fair, timezone.now())
    grouped, rows = found_owing(fair, form, lines)
    context = page_context(request, form.values, rows)
    context |= {
        "fair": fair,
        "form": form,
        "filtered": filter_query(form.values),
        "states": [(state, label, len({line.meeting for line in lines if line.state == state}))
                   for state, label in Open.choices],
        "may_organise": may(request.actor, "fair.organise", fair),
        "units": _by_unit(request, fair, owing(context["page"], grouped)),
    }  # fmt: skip
    return render(request, "office/outcomes/outcomes.html", context)


@never_cache
@require_GET
@permits("outcomes.follow", Fair, fair="slug")
def calls(request: FairRequest, fair: Fair) -> HttpResponse:
    """The same on paper, without pages: whom to call about which meetings."""
    form, lines = OwedFilter(request.GET, fair), owed(request.actor.person, fair, timezone.now())
    grouped, rows = found_owing(fair, form, lines)
    context = {"fair": fair, "filtered": filter_query(form.values), "form": form}
    context["units"] = _by_unit(request, fair, owing(rows, grouped))
    context["may_organise"] = may(request.actor, "fair.organise", fair)
    return render(request, "office/outcomes/calls.html", context)


@require_POST
@permits("outcomes.follow", Fair, fair="slug")
def ask(request: FairRequest, fair: Fair) -> HttpResponse:
    """One `company`, by its key, or all that the filters find."""
    form, now = OwedFilter(QueryDict(request.POST.get("filtered", "")), fair), timezone.now()
    companies = named_in(request.POST)
    if companies is None:
        companies = rows_of(fair, form, owed(request.actor.person, fair, now))
    try:
        asked = ask_again(request.actor, fair=fair, companies=companies, now=now)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        _tell(request, asked)
    query = filter_query(form.values)
    return redirect(f"{reverse('office:outcomes', args=[fair.slug])}{query and f'?{query}'}")


def _tell(request: FairRequest, asked: Asked) -> None:
    sentence = ngettext(
        "%(count)s company has been asked for its outcomes.",
        "%(count)s companies have been asked for their outcomes.",
        asked.now,
    )
    if asked.now or not asked.before:
        messages.success(request, sentence % {"count": asked.now})
    if asked.before:
        sentence = ngettext(
            "%(count)s company was asked less than an hour ago. It can be asked again later.",
            "%(count)s companies were asked less than an hour ago. They can be asked again later.",
            asked.before,
        )
        messages.warning(request, sentence % {"count": asked.before})


def _by_unit(request: FairRequest, fair: Fair, found: list[Owing]) -> list[tuple[Any, list[Row]]]:
    numbers = mobiles(request.actor.person, fair, [one.participation for one in found])
    rows = [Row(one, numbers.get(one.participation.pk, []), request_message(fair, one)) for one in found]
    return [(unit, list(group)) for unit, group in groupby(rows, key=lambda row: row.of.participation.unit)]
