"""Answering a demand with a quote, changing it and withdrawing it: each time a new version is written."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import QueryDict

from booths.models import Demand, Quote, QuoteVersion
from booths.models.demand import fair_date
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.rate_limits import limit_for
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import load

from .notifying import tell_buyer
from .queries import own_seller
from .quote_form import CONTENT, QuoteForm

VERSIONS_A_DAY = 200  # of one company, for all demands
OF_ONE_A_DAY = 20
A_DAY = timedelta(days=1)
STALE = "quote_changed"


def quote_form(demand: Demand, seller: Participation, now: datetime, data: QueryDict | None = None) -> QuoteForm:
    quote = Quote.objects.filter(demand=demand, participation=seller).select_related("newest").first()
    today = fair_date(demand.fair, now)
    return QuoteForm(data, demand=demand, seller=seller, newest=quote.newest if quote else None, today=today)


@transaction.atomic
def send_quote(actor: Actor, *, demand: int, data: QueryDict, now: datetime) -> QuoteForm:
    """The form of a version, which has been written unless it has errors.

    What the newest version says already is not written again: two colleagues, two tabs or two presses make one version.
    A form that was filled in before the newest version has an error, and is based on that one when it is sent again.
    One for a demand that can no longer be answered has an error. Raises Refused: own_demand, and what loading raises.
    """
    row = load(Demand, actor, "demand.quote", lock=True, pk=demand)
    seller = own_seller(actor.person, row.fair, row)
    form = quote_form(row, seller, now, data)
    is_valid = form.is_valid()
    if not Demand.objects.current(fair_date(row.fair, now)).filter(pk=row.pk).exists():
        code = "fair_closed" if row.fair.state == Fair.State.CLOSED else "demand_not_current"
        form.add_error(None, Refused(code).sentence)
        return form
    if not is_valid:
        return form
    newest, content = form.newest, form.content()
    if newest and not newest.withdrawn and _content(newest) == content:
        return form
    if str(newest.pk if newest else "") != form.cleaned_data["base"]:
        form.add_error(None, Refused(STALE).sentence)
        form.carry("base", str(newest.pk if newest else ""))
        return form
    if _writes_often(actor, row, seller, now):
        form.add_error(None, Refused("quotes_often").sentence)
        return form
    is_standing = bool(newest and not newest.withdrawn)
    quote = _quote(row, seller)
    _write(actor, quote, now, **content)
    tell_buyer(quote, "quote_changed" if is_standing else "quote_received", now=now)
    return form


@transaction.atomic
def withdraw_quote(actor: Actor, *, demand: int, remarks: str, now: datetime) -> Quote:
    """Writes a version that withdraws the quote. Withdrawing it again changes nothing. Raises Refused("quote_none")."""
    row = load(Demand, actor, "demand.quote", lock=True, pk=demand)
    seller = own_seller(actor.person, row.fair, row)
    quote = Quote.objects.filter(demand=row, participation=seller).select_related("newest", "demand").first()
    if quote is None or quote.newest is None:
        raise Refused("quote_none")
    if not quote.newest.withdrawn:
        _write(actor, quote, now, withdrawn=True, remarks=remarks.strip()[:500])
        tell_buyer(quote, "quote_withdrawn", now=now)
    return quote


def _writes_often(actor: Actor, demand: Demand, seller: Participation, now: datetime) -> bool:
    """A quote can be withdrawn at any time."""
    recent = QuoteVersion.objects.filter(written_at__gt=now - A_DAY, quote__participation=seller)
    limits = ((recent, VERSIONS_A_DAY), (recent.filter(quote__demand=demand), OF_ONE_A_DAY))
    return any(rows.count() >= limit_for(actor.user, limit) for rows, limit in limits)


def _quote(demand: Demand, seller: Participation) -> Quote:
    quote, _ = Quote.objects.get_or_create(demand=demand, participation=seller, defaults={"fair": demand.fair})
    return quote


def _write(actor: Actor, quote: Quote, now: datetime, **content: Any) -> QuoteVersion:
    version = QuoteVersion.objects.create(
        quote=quote,
        number=quote.versions.count() + 1,
        written_by=actor.user,
        on_behalf_of=actor.on_behalf_of,
        written_at=now,
        **content,
    )
    quote.newest = version
    quote.save(update_fields=["newest"])
    if actor.is_proxy:
        write_audit_entry(actor, "demand.quote", quote, after={"version": version.number})
    return version


def _content(version: QuoteVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in CONTENT}
