"""Telling people what they must know, and marking it as read."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.policy import check, load
from fairplatform.realtime import topic_names
from fairplatform.realtime.publish import publish

from .letters import send_letter
from .models import Notice
from .protocol import NoticeCreated, NoticesRead
from .sentences import parameters_of, sentences


def notify(
    people: Iterable[Any],
    *,
    fair: Any,
    code: str,
    parameters: Mapping[str, Any],
    path: str = "",
    now: datetime,
    overtakes: Collection[str] = (),
) -> list[Notice]:
    """Writes each of these people a notice and, where there is an address, a letter.

    `parameters` must be those of the code's sentence: instants, `{language: text}` or plain values. A notice about the
    same page with one of the codes `overtakes`, still unread, becomes this one; if it said the same, its letter does.
    """
    kept = {name: v.isoformat() if isinstance(v, datetime) else v for name, v in parameters.items()}
    assert set(kept) == parameters_of(code), (code, set(kept))
    # In the order of their keys, so that two actions never wait for each other.
    recipients = sorted({person.pk: person for person in people}.values(), key=lambda person: person.pk)
    words = {"code": code, "parameters": kept, "created_at": now}
    with transaction.atomic():
        unread_still = _unread_about(path, overtakes, recipients) if overtakes else {}
        said = {pk for pk, notice in unread_still.items() if (notice.code, notice.parameters) == (code, kept)}
        fresh = [person for person in recipients if person.pk not in unread_still]
        notices = Notice.objects.bulk_create(Notice(recipient=one, fair=fair, path=path, **words) for one in fresh)
        notices += [_say_anew(notice, words) for notice in unread_still.values()]
        for notice in sorted(notices, key=lambda notice: notice.recipient_id):
            _tell(notice)
            if notice.recipient_id in unread_still:
                _tell_unread(notice.recipient)
            if notice.recipient.email and not notice.recipient.is_demo and notice.recipient_id not in said:
                send_letter.enqueue(notice.pk)
    return notices


def _say_anew(notice: Notice, words: Mapping[str, Any]) -> Notice:
    for name, value in words.items():
        setattr(notice, name, value)
    notice.save(update_fields=words)
    return notice


def _unread_about(path: str, codes: Collection[str], people: Iterable[Any]) -> dict[int, Notice]:
    """Each one's newest unread notice about this page with one of these codes."""
    rows = Notice.objects.select_for_update(of=("self",)).filter(
        recipient__in=people, path=path, code__in=codes, read_at=None
    )
    return {row.recipient_id: row for row in rows.select_related("recipient").order_by("created_at", "pk")}


def mark_read(actor: Actor, *, notice: int, now: datetime) -> Notice:
    """Marks one notice as read."""
    with transaction.atomic():
        row: Notice = load(Notice, actor, "notice.read", pk=notice)
        if row.read_at is None:
            row.read_at = now
            row.save(update_fields=["read_at"])
            _tell_unread(actor.person)
    return row


def mark_all_read(actor: Actor, *, now: datetime) -> int:
    """Marks everything as read; returns how many were not."""
    check(actor, "notice.read", actor.person)
    with transaction.atomic():
        done = Notice.objects.filter(recipient=actor.person, read_at=None).update(read_at=now)
        if done:
            _tell_unread(actor.person)
    return done


def unread(person: Any) -> int:
    return Notice.objects.visible_to(person).filter(read_at=None).count()


def _tell(notice: Notice) -> None:
    text = sentences(notice.code, notice.parameters, country=notice.recipient.country)
    event = NoticeCreated(id=notice.pk, code=notice.code, text=text, path=notice.path, created_at=notice.created_at)
    publish(topic_names.me(notice.recipient_id), event)


def _tell_unread(person: Any) -> None:
    publish(topic_names.me(person.pk), NoticesRead(unread=unread(person)))
