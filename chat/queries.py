"""What is read of conversations."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr

from fairplatform.accounts.models import Staff
from fairplatform.db.sql import rows
from fairplatform.fairs.people import persons
from fairplatform.i18n.text import LANGUAGES
from fairplatform.realtime.protocol import Person

from . import statements
from .memberships import STANDS, stands
from .models import Conversation, Member, Message
from .protocol import NumberedMessage
from .statements import Line

PAGE = 50
PAGE_OCTETS = 32 * 1024  # of texts: with names, members and the rest a frame stays within 64 KiB
MOST_OCTETS = 6  # that a character takes in JSON: a control character, \u0000
MOST_OTHERS = 30  # of a conversation's members are named to a page
MOST_CONVERSATIONS = 300
# Every page of every member asks what they have not read. Numbers have no gaps and writing marks as read, so that is a
# difference of two numbers.
_UNREAD = f"""
FROM (
    SELECT place.id, place.fair_id, place.last_message_at, member.read_up_to,
        (SELECT MAX(seq) FROM chat_message WHERE conversation_id = place.id) AS newest
    FROM chat_member AS member JOIN chat_conversation AS place ON place.id = member.conversation_id
    WHERE member.user_id = [] AND {STANDS}
) AS counted WHERE newest > read_up_to
"""  # noqa: S608 — our own condition
_BY_CONVERSATION = f"SELECT id, newest - read_up_to {_UNREAD} ORDER BY last_message_at DESC LIMIT []"
_IN_FAIR = f"SELECT COALESCE(SUM(newest - read_up_to), 0) {_UNREAD} AND fair_id = []"


def unread(person: Any, fair: Any) -> int:
    """How many messages of this fair a person has not read."""
    [(number,)] = rows(_IN_FAIR, [person.pk], [fair.pk])
    return int(number)


def unread_by_conversation(person: Any) -> dict[int, int]:
    """Conversations with something unread, in every fair, the newest first."""
    return dict(rows(_BY_CONVERSATION, [person.pk], [MOST_CONVERSATIONS]))


def newest_number(conversation: OuterRef | F) -> Coalesce:
    """The number of a conversation's newest message, 0 when nobody has written yet."""
    newest = Message.objects.filter(conversation=conversation).order_by("-seq").values("seq")[:1]
    return Coalesce(Subquery(newest), 0)


def newest(conversation: Conversation, *, before: int | None = None) -> tuple[list[NumberedMessage], bool]:
    """The last messages (older than number `before`), oldest first, and whether there are older ones."""
    lines, earlier = page(conversation, before=before)
    return _numbered(conversation, lines), earlier


def page(conversation: Conversation, *, before: int | None = None) -> tuple[list[Line], bool]:
    """The last messages, oldest first, and whether there are older ones: at most 50, and no more than a frame holds."""
    found = statements.lines_before(conversation.pk, before, PAGE + 1)
    fit = _fit(found[:PAGE])
    return found[:fit][::-1], len(found) > fit


def _fit(lines: Sequence[Line]) -> int:
    """How many of them one frame holds: the first one always."""
    if sum(len(line.body) for line in lines) * MOST_OCTETS <= PAGE_OCTETS:
        return len(lines)
    fit, room = 0, PAGE_OCTETS
    for line in lines:
        room -= len(json.dumps(line.body, ensure_ascii=False).encode())
        if fit and room < 0:
            break
        fit += 1
    return fit


def circle(place: Conversation, messages: Iterable[Line], me: Any) -> tuple[list[Person], dict[int, Person]]:
    """The members, oneself and at most 30 others, and by key these and everybody who wrote one of the messages."""
    named = [me.pk, *statements.others(place.pk, me.pk, MOST_OTHERS)]
    people = persons({*named, *_writers(messages)}, place.fair_id)
    return [people[pk] for pk in named], people


def after(conversation: Conversation, number: int, limit: int) -> list[NumberedMessage]:
    """The messages that follow a number, oldest first."""
    return _numbered(conversation, statements.lines_after(conversation.pk, number, limit))


def _writers(messages: Iterable[Line]) -> set[int]:
    return {pk for m in messages for pk in (m.author_id, m.on_behalf_of_id) if pk is not None}


def _numbered(conversation: Conversation, lines: Sequence[Line]) -> list[NumberedMessage]:
    return signed(lines, persons(_writers(lines), conversation.fair_id))


def signed(messages: Iterable[Line], people: dict[int, Person]) -> list[NumberedMessage]:
    """Messages with the names of those who wrote them."""
    return [
        NumberedMessage(
            seq=m.seq,
            client_id=m.client_id,
            author=people[m.author_id],
            on_behalf_of=people[m.on_behalf_of_id] if m.on_behalf_of_id else None,
            body=m.body,
            sent_at=m.sent_at,
        )
        for m in messages
    ]


def conversations(person: Any, fair: Any, words: str = "") -> QuerySet[Conversation]:
    """A person's conversations with `unread` and `last` (the opening of the newest message), newest first."""
    mine = Member.objects.filter(conversation=OuterRef("pk"), user=person).values("read_up_to")[:1]
    last = Message.objects.filter(conversation=OuterRef("pk")).order_by("-seq")
    places = Conversation.objects.visible_to(person).filter(fair=fair, last_message_at__isnull=False)
    if words:
        places = places.filter(pk__in=_named(words, fair).exclude(user=person).values("conversation"))
    return places.annotate(
        unread=newest_number(OuterRef("pk")) - Subquery(mine),
        last=Substr(Subquery(last.values("body")[:1]), 1, 160),
        last_by=Subquery(last.values("author")[:1]),
    ).order_by("-last_message_at", "-pk")


def _named(words: str, fair: Any) -> QuerySet[Member]:
    """Members whose own or whose company's name, in any language, has these words."""
    said = Q()
    for language in LANGUAGES:
        said |= Q(**{f"user__name__{language}__icontains": words})
        company = Staff.objects.filter(
            company__participations__fair=fair, **{f"company__name__{language}__icontains": words}
        )
        said |= Q(user__in=company.values("user"))
    return Member.objects.filter(said)


def partners(conversations: Iterable[Conversation], person: Any) -> dict[int, list[Person]]:
    """The other members of each conversation, in three queries; once all have left, those who were."""
    places = list(conversations)
    members = list(
        Member.objects.filter(conversation__in=places)
        .exclude(user=person)
        .order_by("pk")
        .values_list("conversation_id", "user_id", stands("pk"))
    )
    people = persons({user for _, user, _ in members}, places[0].fair_id) if places else {}
    staying = {conversation for conversation, _, is_standing in members if is_standing}
    others: dict[int, list[Person]] = {place.pk: [] for place in places}
    for conversation, user, is_standing in members:
        if is_standing or conversation not in staying:
            others[conversation].append(people[user])
    return others
