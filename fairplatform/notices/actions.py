"""Telling people what they must know, and marking it as read."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from fairplatform.accounts.actor import Actor
from fairplatform.policy import check, load
from fairplatform.realtime.publish import publish

from .letters import send_letter
from .models import Notice
from .protocol import NoticeCreated, NoticesRead
from .sentences import parameters_of, sentences


def notify(
    people: Iterable[Any], *, fair: Any, code: str, parameters: Mapping[str, Any], path: str = "", now: datetime
) -> list[Notice]:
    """Writes each of these people a notice and, where there is an address, a letter.

    `parameters` must be those of the code's sentence: instants, `{language: text}` or plain values.
    """
    kept = {name: v.isoformat() if isinstance(v, datetime) else v for name, v in parameters.items()}
    assert set(kept) == parameters_of(code), (code, set(kept))
    # In the order of their keys, so that two actions never wait for each other.
    recipients = sorted({person.pk: person for person in people}.values(), key=lambda person: person.pk)
    with transaction.atomic():
        notices = Notice.objects.bulk_create(
            Notice(recipient=person, fair=fair, code=code, parameters=kept, path=path, created_at=now)
            for person in recipients
        )
        for notice in notices:
            _tell(notice)
            if notice.recipient.email and not notice.recipient.is_demo:
                send_letter.enqueue(notice.pk)
    return notices


def mark_read(actor: Actor, *, notice: int, now: datetime) -> Notice:
    """Marks one notice as read."""
    with transaction.atomic():
        row: Notice = load(Notice, actor, "notice.read", pk=notice)
        if row.read_at is None:
            row.read_at = now
            row.save(update_fields=["read_at"])
            _tell_unread(actor)
    return row


def mark_all_read(actor: Actor, *, now: datetime) -> int:
    """Marks everything as read; returns how many were not."""
    check(actor, "notice.read", actor.person)
    with transaction.atomic():
        done = Notice.objects.filter(recipient=actor.person, read_at=None).update(read_at=now)
        if done:
            _tell_unread(actor)
    return done


def unread(person: Any) -> int:
    # Written out: every page of everybody asks it, and building the query costs most of it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM notices_notice WHERE recipient_id = %s AND read_at IS NULL", [person.pk])
        return int(cursor.fetchone()[0])


def _tell(notice: Notice) -> None:
    text = sentences(notice.code, notice.parameters, country=notice.recipient.country)
    event = NoticeCreated(id=notice.pk, code=notice.code, text=text, path=notice.path, created_at=notice.created_at)
    publish(f"me:{notice.recipient_id}", event)


def _tell_unread(actor: Actor) -> None:
    publish(f"me:{actor.person.pk}", NoticesRead(unread=unread(actor.person)))
