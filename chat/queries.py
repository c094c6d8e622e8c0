"""Reading conversations: pages of messages, unread counts, lists and members."""

import json
from collections.abc import Iterable, Sequence

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr
from pydantic import TypeAdapter

from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.models import Fair
from fairplatform.fairs.people import people_by_key
from fairplatform.i18n.text import LANGUAGES
from fairplatform.realtime.protocol import Person

from . import sql
from .models import Conversation, Member, Message, is_active_member
from .protocol import NumberedMessage
from .sql import MessageRow

PAGE_SIZE = 50  # messages
PAGE_BYTES = 32 * 1024  # of message texts: with names, members and the rest a frame stays within 64 KiB
MAX_BYTES_PER_CHARACTER = 6  # in JSON: a control character, \u0000
MAX_OTHER_MEMBERS = 30  # whom a snapshot names
MAX_UNREAD_CONVERSATIONS = 300  # that a page counts
EXCERPT = 160  # characters of the newest message in a list
_MESSAGES = TypeAdapter(list[NumberedMessage])


def unread(person: User, fair: Fair) -> int:
    """How many messages of this fair a person has not read."""
    return sum(count for _, fair_id, count in sql.unread_counts(person.pk) if fair_id == fair.pk)


def unread_by_conversation(person: User) -> dict[int, int]:
    """Conversation → number of unread messages, where there are any, in every fair, the newest conversation first."""
    counts = sql.unread_counts(person.pk)[:MAX_UNREAD_CONVERSATIONS]
    return {conversation: count for conversation, _, count in counts}


def newest_number(conversation: OuterRef | F) -> Coalesce:
    """For the ORM: the number of a conversation's newest message, 0 when it has none."""
    newest = Message.objects.filter(conversation=conversation).order_by("-seq").values("seq")[:1]
    return Coalesce(Subquery(newest), 0)


def newest(conversation: Conversation, *, before: int | None = None) -> tuple[list[NumberedMessage], bool]:
    """The newest messages (before number `before`), oldest first, and whether there are older ones."""
    rows, has_earlier = newest_rows(conversation, before=before)
    return _with_people(conversation, rows), has_earlier


def newest_rows(conversation: Conversation, *, before: int | None = None) -> tuple[list[MessageRow], bool]:
    """As `newest`, without the authors' names: at most 50 messages, and no more than one frame takes."""
    rows = sql.messages_before(conversation.pk, before, PAGE_SIZE + 1)
    fitting = _fitting(rows[:PAGE_SIZE])
    return rows[:fitting][::-1], len(rows) > fitting


def _fitting(rows: Sequence[MessageRow]) -> int:
    """How many of these messages one frame takes: always at least the first."""
    if sum(len(row.body) for row in rows) * MAX_BYTES_PER_CHARACTER <= PAGE_BYTES:
        return len(rows)
    fitting, left = 0, PAGE_BYTES
    for row in rows:
        left -= len(json.dumps(row.body, ensure_ascii=False).encode())
        if fitting and left < 0:
            break
        fitting += 1
    return fitting


def messages_after(conversation: Conversation, seq: int, limit: int) -> list[NumberedMessage]:
    """The messages that follow number `seq`, oldest first."""
    return _with_people(conversation, sql.messages_after(conversation.pk, seq, limit))


def members_and_authors(
    conversation: Conversation, messages: Iterable[MessageRow], viewer: User
) -> tuple[list[Person], dict[int, Person]]:
    """The viewer with at most 30 other members; and by user key, these and the authors of the messages."""
    members = [viewer.pk, *sql.other_members(conversation.pk, viewer.pk, MAX_OTHER_MEMBERS)]
    people = people_by_key({*members, *_authors(messages)}, conversation.fair_id)
    return [people[pk] for pk in members], people


def _authors(messages: Iterable[MessageRow]) -> set[int]:
    return {pk for row in messages for pk in (row.author_id, row.on_behalf_of_id) if pk is not None}


def _with_people(conversation: Conversation, rows: Sequence[MessageRow]) -> list[NumberedMessage]:
    return with_authors(rows, people_by_key(_authors(rows), conversation.fair_id))


def with_authors(messages: Iterable[MessageRow], people: dict[int, Person]) -> list[NumberedMessage]:
    """Messages with the names of their authors. Validation turns the driver's values into ours."""
    return _MESSAGES.validate_python(
        [
            {
                "seq": row.seq,
                "client_id": row.client_id,
                "author": people[row.author_id],
                "on_behalf_of": people[row.on_behalf_of_id] if row.on_behalf_of_id else None,
                "body": row.body,
                "sent_at": row.sent_at,
            }
            for row in messages
        ]
    )


def conversations(person: User, fair: Fair, words: str = "") -> QuerySet[Conversation]:
    """A person's conversations in which somebody has written, the newest first, narrowed by names (`words`).

    Each has `unread`, `last` (the beginning of its newest message) and `last_by` (the key of its author).
    """
    own = Member.objects.filter(conversation=OuterRef("pk"), user=person).values("read_up_to")[:1]
    last = Message.objects.filter(conversation=OuterRef("pk")).order_by("-seq")
    rows = Conversation.objects.visible_to(person).filter(fair=fair, last_message_at__isnull=False)
    if words:
        rows = rows.filter(pk__in=_members_named(words, fair).exclude(user=person).values("conversation"))
    return rows.annotate(
        unread=newest_number(OuterRef("pk")) - Subquery(own),
        last=Substr(Subquery(last.values("body")[:1]), 1, EXCERPT),
        last_by=Subquery(last.values("author")[:1]),
    ).order_by("-last_message_at", "-pk")


def _members_named(words: str, fair: Fair) -> QuerySet[Member]:
    """Members whose own name, or whose company's in this fair, contains these words in any language."""
    matches = Q()
    for language in LANGUAGES:
        matches |= Q(**{f"user__name__{language}__icontains": words})
        company = Staff.objects.filter(
            company__participations__fair=fair, **{f"company__name__{language}__icontains": words}
        )
        matches |= Q(user__in=company.values("user"))
    return Member.objects.filter(matches)


def other_members(conversations: Iterable[Conversation], person: User) -> dict[int, list[Person]]:
    """The other active members of each of these conversations of one fair; where all have left, those who were.

    Three queries, however many conversations.
    """
    rows = list(conversations)
    members = list(
        Member.objects.filter(conversation__in=rows)
        .exclude(user=person)
        .order_by("pk")
        .values_list("conversation_id", "user_id", is_active_member("pk"))
    )
    people = people_by_key({user for _, user, _ in members}, rows[0].fair_id) if rows else {}
    with_active = {conversation for conversation, _, is_active in members if is_active}
    others: dict[int, list[Person]] = {row.pk: [] for row in rows}
    for conversation, user, is_active in members:
        if is_active or conversation not in with_active:
            others[conversation].append(people[user])
    return others
