"""Keeping what somebody types, telling of what a colleague has typed meanwhile, and publishing it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import QueryDict

from booths.models import Booth, Draft
from booths.own_booth import load_own
from booths.search_index import index_again
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Company, User
from fairplatform.errors import Refused
from fairplatform.i18n.text import visible
from fairplatform.realtime.publish import publish as publish_event

from ..forms.drafted import plain
from ..forms.product import ProductForm
from ..protocol import DraftChanged
from .subject import BoothOfficeForm, Subject

MOST_CHARACTERS = 10_000  # of an input: more than any of them may have when it is published
Choose = Callable[[Booth], Subject]
"""The subject at the booth of whoever acts."""


@dataclass(frozen=True)
class Conflict:
    """An input has another text than the one that somebody's was typed over; `by`: whoever typed it, if it is known."""

    theirs: str
    mine: str
    by: User | None


@transaction.atomic
def keep_typed(
    actor: Actor, *, fair: str, choose: Choose, name: str, text: str, seen: str, now: datetime
) -> Conflict | None:
    """Keeps the text of one input, unless it has changed from what was `seen`. Nobody but the company sees it."""
    subject = _locked(actor, fair, choose)
    inputs = subject.form().inputs()
    if name not in inputs:
        raise Refused("not_found")
    text, seen = plain(visible(text)), plain(seen)
    if len(text) > MOST_CHARACTERS:
        raise Refused("typed_long", limit=f"{MOST_CHARACTERS:,}")
    if inputs[name] not in (seen, text):
        return Conflict(inputs[name], text, _author(subject, name))
    if inputs[name] != text:
        _keep(subject, {name: text}, now)
    return None


@transaction.atomic
def publish(actor: Actor, *, fair: str, choose: Choose, data: QueryDict, show: bool, now: datetime) -> BoothOfficeForm:
    """The form, which is stored and public unless it has errors; then what was typed is kept.

    `show`: also at the booth, where it is a product.
    """
    subject = _locked(actor, fair, choose)
    form, draft = subject.form(data), Draft.objects.filter(**subject.lookup)
    if not form.is_valid():
        _keep(subject, {name: text for name, text in form.sent().items() if text != form.inputs()[name]}, now)
        return form
    saved = form.save()
    if isinstance(form, ProductForm):
        if show:
            form.show()
    else:
        index_again([saved.pk])
    draft.delete()
    _tell(choose(subject.booth))
    return form


@transaction.atomic
def discard(actor: Actor, *, fair: str, choose: Choose) -> None:
    """Throws away what has been typed since the last publishing."""
    subject = _locked(actor, fair, choose)
    Draft.objects.filter(**subject.lookup).delete()
    _tell(subject)


def _locked(actor: Actor, fair: str, choose: Choose) -> Subject:
    """The subject; nobody else changes anything of its company until the transaction ends."""
    booth = load_own(actor, "booth.keep", fair)
    booth.participation.company = Company.objects.select_for_update().get(pk=booth.participation.company_id)
    return choose(booth)


def _keep(subject: Subject, texts: dict[str, str], now: datetime) -> None:
    if not texts:
        return
    draft = subject.draft or Draft(**subject.lookup)
    known = {"by": subject.person.pk, "at": now.isoformat()}
    draft.typed |= {name: {"text": text[:MOST_CHARACTERS], **known} for name, text in texts.items()}
    draft.save()
    _tell(subject, texts)


def _tell(subject: Subject, texts: dict[str, str] | None = None) -> None:
    """Tells the colleagues who have the page open what is in these inputs now, or in all of them."""
    if subject.topic:
        inputs = subject.form().inputs() if texts is None else texts
        publish_event(subject.topic, DraftChanged(inputs=inputs, by=subject.person.pk))


def _author(subject: Subject, name: str) -> User | None:
    draft = subject.draft
    key = draft.typed.get(name, {}).get("by") if draft else None
    return User.objects.filter(pk=key).first() if key else None
