"""What organisers enter into the ledger, correct and withdraw, each from the form of its page.

A form that is returned has been stored, as its `entry`, unless it has errors.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.http import QueryDict

from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.ledger import actions
from fairplatform.ledger.content import Content
from fairplatform.ledger.models import Entry
from fairplatform.policy import load

from .later_form import LaterForm, WithdrawalForm
from .paper_form import PaperForm


@transaction.atomic
def enter(actor: Actor, *, fair: int, data: QueryDict, now: datetime) -> PaperForm:
    """The form of a new paper. Two that are sent at once wait for each other, and make one entry."""
    loaded: Fair = load(Fair, actor, actions.PERMISSION, lock=True, pk=fair)
    form = PaperForm(data, fair=loaded, today=loaded.places[0].date(now))
    _store(form, lambda: actions.enter(actor, fair=fair, content=form.content, now=now))
    return form


@transaction.atomic
def correct(actor: Actor, *, entry: int, data: QueryDict, now: datetime) -> PaperForm | LaterForm:
    """The form that says what is right instead; of what the parties have confirmed, its signing and results."""
    old: Entry = load(Entry, actor, actions.PERMISSION, pk=entry)
    form = correction_form(old, now, data)

    def store() -> Entry:
        reason = form.cleaned_data["reason"]
        return actions.correct(actor, entry=entry, content=form.content, reason=reason, now=now)

    _store(form, store)
    return form


@transaction.atomic
def withdraw(actor: Actor, *, entry: int, data: QueryDict, now: datetime) -> WithdrawalForm:
    form = WithdrawalForm(data)

    def store() -> Entry:
        return actions.withdraw(actor, entry=entry, reason=form.cleaned_data["reason"], now=now)

    _store(form, store)
    return form


def correction_form(entry: Entry, now: datetime, data: QueryDict | None = None) -> PaperForm | LaterForm:
    form = LaterForm if entry.provenance == Entry.Provenance.PARTIES else PaperForm
    return form(data, fair=entry.fair, today=entry.fair.places[0].date(now), before=Content.of(entry))


def _store(form: PaperForm | LaterForm | WithdrawalForm, store: Callable[[], Entry]) -> None:
    """Stores the form if it is valid; what refuses that is an error of it, and nothing typed is lost."""
    if form.is_valid():
        try:
            with transaction.atomic():
                form.entry = store()
        except Refused as refused:
            form.add_error(None, refused.sentence)
