"""Keeping what somebody types, telling of what a colleague has typed meanwhile, and publishing it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

from booths.models import Draft
from booths.own_booth import lock_own
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.i18n.text import visible
from fairplatform.realtime.publish import publish as publish_event

from ..forms.drafted import Typed, answers_in
from ..protocol import DraftChanged
from .subject import BoothOfficeForm, Subject, Which

MOST_CHARACTERS = 10_000  # of an input: more than any of them may have when it is published


@dataclass(frozen=True)
class Conflict:
    """An input has another text than the one that somebody's was typed over; `by`: whoever typed it, if it is known."""

    theirs: str
    mine: str
    by: User | None


@transaction.atomic
def keep_typed(
    actor: Actor, *, fair: str, which: Which, name: str, text: str, seen: str, now: datetime
) -> Conflict | None:
    """Keeps the text of one input, unless it has changed from what was `seen`. Nobody but the company sees it."""
    subject = _locked(actor, fair, which)
    form = subject.form()
    inputs = form.inputs()
    if name not in inputs:
        raise Refused("not_found")
    text, seen = normalize_newlines(visible(text)), normalize_newlines(seen)
    if len(text) > MOST_CHARACTERS:
        raise Refused("typed_long", limit=f"{MOST_CHARACTERS:,}")
    text, seen = form.as_shown(name, text), form.as_shown(name, seen)
    if inputs[name] not in (seen, text):
        return Conflict(inputs[name], text, _author(subject, name))
    if inputs[name] != text:
        _keep(subject, {name: text}, now)
    return None


@transaction.atomic
def publish(actor: Actor, *, fair: str, which: Which, data: QueryDict, show: bool, now: datetime) -> BoothOfficeForm:
    """The form, which is stored and public unless it has errors; then what was typed is kept.

    What colleagues have typed becomes public only where the actor says so; the rest of it stays a draft. Before they
    were asked, that is an error. `show`: also at the booth, where it is a product.
    """
    subject = _locked(actor, fair, which)
    form, draft = subject.form(data), subject.draft
    theirs = form.theirs()
    staying = _not_chosen(form, theirs)
    is_valid = form.is_valid_without(staying)
    if staying and form.answered is None:
        form.ask_about(theirs, _("A colleague has unpublished changes. Choose what to do with them."))
    if not is_valid or form.errors:
        form.ask_about(theirs)
        _keep(subject, {name: text for name, text in form.sent().items() if text != form.inputs()[name]}, now)
        return form
    form.publish(show=show)
    form.staying = tuple(staying)
    _leave(draft, staying)
    _tell(Subject.of(subject.booth, actor.person, which))
    return form


@transaction.atomic
def discard(actor: Actor, *, fair: str, which: Which, data: QueryDict) -> BoothOfficeForm:
    """Throws away what the actor has typed since the last publishing, and what they have chosen of their colleagues'.

    Where colleagues have typed something and the actor was not asked about it, the form
    asks, and nothing is thrown away.
    """
    subject = _locked(actor, fair, which)
    form = subject.form()
    form.answered = answers_in(data)
    theirs = form.theirs()
    if theirs and form.answered is None:
        form.ask_about(theirs)
        return form
    form.staying = tuple(_not_chosen(form, theirs))
    _leave(subject.draft, form.staying)
    _tell(subject)
    return form


def _locked(actor: Actor, fair: str, which: Which) -> Subject:
    return Subject.of(lock_own(actor, "booth.keep", fair), actor.person, which)


def _not_chosen(form: BoothOfficeForm, theirs: list[Typed]) -> list[Typed]:
    return [one for one in theirs if one.key not in (form.answered or ())]


def _leave(draft: Draft | None, staying: Iterable[Typed]) -> None:
    """Takes everything out of the draft but these."""
    if draft is None:
        return
    draft.typed = {one.name: draft.typed[one.name] for one in staying}
    if draft.typed:
        draft.save()
    else:
        draft.delete()


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
        inputs = subject.form().told() if texts is None else texts
        publish_event(subject.topic, DraftChanged(inputs=inputs, by=subject.person.pk))


def _author(subject: Subject, name: str) -> User | None:
    draft = subject.draft
    key = draft.typed.get(name, {}).get("by") if draft else None
    return User.objects.filter(pk=key).first() if key else None
