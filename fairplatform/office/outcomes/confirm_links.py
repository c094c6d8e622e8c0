"""One-time links to open outcomes: made for a company or all that are found, and shown for some minutes."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from booths.forms import filter_query
from fairplatform.accounts.models import User
from fairplatform.accounts.models.credentials import digest
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits
from meetings.contacts import Number, mobiles
from meetings.models import OutcomeLink
from meetings.owed.links import Handed, issue_outcome_links
from meetings.owed.message import message_with_links
from meetings.owed.queries import Owing, by_company, owed, owing

from ..kept import MINUTES_KEPT, found, put
from .filters import OwedFilter
from .queries import companies_owing, named_in, rows_of

_NAME = "outcome_links"


class Code(NamedTuple):
    """Whom the other company is, and the code of the link."""

    partner: Any
    code: str


class Sheet(NamedTuple):
    """One person's: by which numbers their company is called, the codes to read out, and the message to copy."""

    of: Owing
    person: User
    numbers: list[Number]
    codes: list[Code]
    message: str


@require_POST
@permits("fair.organise", Fair, fair="slug")
def make(request: FairRequest, fair: Fair) -> HttpResponse:
    """Of one `company`, by its key, or of all that the filters find; earlier links of these people end."""
    form, now = OwedFilter(QueryDict(request.POST.get("filtered", "")), fair), timezone.now()
    companies = named_in(request.POST)
    if companies is None:
        companies = rows_of(fair, form, owed(request.actor.person, fair, now))
    back = f"{reverse('office:outcomes', args=[fair.slug])}?{filter_query(form.values)}".rstrip("?")
    try:
        handed = issue_outcome_links(request.actor, fair=fair, companies=companies, now=now)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(back)
    if not handed:
        messages.error(request, _("There is nothing to confirm yet, or nobody who could: no link was made."))
        return redirect(back)
    put(request.session, _NAME, {"fair": fair.pk, "links": [_kept(one) for one in handed]}, now=now)
    return redirect("office:outcomes_links_issued", fair.slug)


@never_cache
@require_GET
@permits("fair.organise", Fair, fair="slug")
def issued(request: FairRequest, fair: Fair) -> HttpResponse:
    """The links that this browser's organiser has just made, but for those that have ended since."""
    now = timezone.now()
    content = found(request.session, _NAME, now=now)
    if content is None or content["fair"] != fair.pk:
        messages.error(request, _("These links and codes can no longer be shown. Make new ones where they are needed."))
        return redirect("office:outcomes", fair=fair.slug)
    sheets = _sheets(request.actor.person, fair, content["links"], by_company(owed(request.actor.person, fair, now)))
    units = [(unit, list(group)) for unit, group in groupby(sheets, key=lambda sheet: sheet.of.participation.unit)]
    return render(request, "office/outcomes/links.html", {"fair": fair, "units": units, "minutes": MINUTES_KEPT})


def _kept(one: Handed) -> list[Any]:
    return [one.owing.participation.pk, one.item.meeting.pk, one.person.pk, one.issued.secret, one.issued.code]


def _sheets(reader: User, fair: Fair, links: list[list[Any]], lines: Mapping[int, Any]) -> list[Sheet]:
    digests = {digest(secret) for *_keys, secret, _code in links}
    usable = set(OutcomeLink.objects.filter(digest__in=digests, ended_at=None).values_list("digest", flat=True))
    own: dict[tuple[int, int], dict[int, tuple[str, str]]] = {}
    for company, meeting, person, secret, code in links:
        if digest(secret) in usable and company in lines:
            own.setdefault((company, person), {})[meeting] = (secret, code)
    companies = companies_owing(fair, {company for company, _person in own}, {})
    of = {one.participation.pk: one for one in owing(companies.order_by("unit__key", "unit", "pk"), lines)}
    people = User.objects.in_bulk({person for _company, person in own})
    numbers = mobiles(reader, fair, [one.participation for one in of.values()])
    sheets = []
    for key, one in of.items():
        for (company, person), given in own.items():
            if company == key and person in people:
                codes = [Code(it.partner, given[it.meeting.pk][1]) for it in one.items if it.meeting.pk in given]
                message = message_with_links(fair, one, people[person], given)
                sheets.append(Sheet(one, people[person], numbers.get(key, []), codes, message))
    return sheets
