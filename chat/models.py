"""Conversations. What a conversation is about is known to the app that opened it, never here."""

from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import BooleanField, F, Func
from django.utils import timezone

from fairplatform.accounts.models import User
from fairplatform.db.sql import GREATEST_KEY
from fairplatform.policy import Role
from fairplatform.realtime import topic_names

from . import sql


def is_active_member(field: str) -> Func:
    """For the ORM: whether the `Member` whose key is in this field is active (`sql.ACTIVE_MEMBER_SQL`)."""
    condition = f"member.id = %(expressions)s AND {sql.ACTIVE_MEMBER_SQL}"
    template = f"EXISTS (SELECT 1 FROM chat_member AS member WHERE {condition})"  # noqa: S608
    return Func(F(field), template=template, output_field=BooleanField())


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, person: User | AnonymousUser) -> "ConversationQuerySet":
        """The conversations this person is an active member of, each with `viewer_id` and `read_up_to`."""
        if not person.is_authenticated:
            return self.none()
        own = self.filter(members__user=person).alias(is_active=is_active_member("members")).filter(is_active=True)
        # The plugin takes an annotation of a declared attribute for a second definition.
        return own.annotate(viewer_id=F("members__user"), read_up_to=F("members__read_up_to"))  # type: ignore[no-redef]


class Conversation(models.Model):
    """Members who write to each other, and nobody else. Its messages are numbered 1, 2, 3 … without a gap."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="+")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    last_message_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    # Of a row read by `visible_to` or `load_for`: the member it was read for, and the newest message they have read.
    viewer_id: int | None = None
    read_up_to: int = 0
    # Of a row whose active members were read with those of other conversations: their keys.
    active_member_ids: frozenset[int] | None = None

    objects: ClassVar[models.Manager["Conversation"]] = ConversationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.topic

    @classmethod
    def load_for(cls, person: User | AnonymousUser, **lookup: Any) -> "Conversation | None":
        """policy.LoadsForPerson: by its key, as whoever joins loads it, with hand-written SQL."""
        if lookup.keys() != {"pk"}:
            return cls.objects.visible_to(person).filter(**lookup).first()
        pk = lookup["pk"]
        if not person.is_authenticated or pk > GREATEST_KEY:
            return None
        row = sql.conversation_of_member(pk, person.pk)
        if row is None:
            return None
        conversation = cls.of_row(row.id, row.fair_id, row.state)
        conversation.viewer_id, conversation.read_up_to = person.pk, row.read_up_to
        return conversation

    @classmethod
    def of_row(cls, pk: int, fair_id: int, state: str) -> "Conversation":
        """A stored conversation from some of its columns; the ORM reads the others when they are asked for."""
        return cls.from_db("default", ["id", "fair_id", "state"], [pk, fair_id, state])

    @property
    def topic(self) -> str:
        return topic_names.chat(self.pk)

    def roles_of(self, person: User | AnonymousUser) -> frozenset[Role]:
        is_member = person.is_authenticated and self._has_active_member(person)
        return frozenset({Role.MEMBER}) if is_member else frozenset()

    def _has_active_member(self, person: User | AnonymousUser) -> bool:
        if self.active_member_ids is not None:
            return person.pk in self.active_member_ids
        return self.viewer_id == person.pk or self.members.active().filter(user=person.pk).exists()


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> "MemberQuerySet":
        """Those whose role that brought them in still lasts."""
        return self.alias(is_active=is_active_member("pk")).filter(is_active=True)


class Member(models.Model):
    """A person in a conversation, what brought them in, and the number of the newest message they have read.

    Whoever came for a company or in a role of the fair is an active member while that lasts; with neither, always.
    """

    # The constraints' indexes begin with these keys: a second index of the same would be written with every row.
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="members", db_index=False)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="conversations")
    participation = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="+", null=True)
    role = models.CharField(max_length=16, blank=True, default="", db_default="")
    read_up_to = models.BigIntegerField(default=0)

    objects: ClassVar[models.Manager["Member"]] = MemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "user"], name="member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.conversation_id}"


class Message(models.Model):
    """What a member wrote. `client_id` is chosen by their page, so that a message sent twice is stored once."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    seq = models.BigIntegerField()
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    on_behalf_of = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True)
    client_id = models.UUIDField()
    body = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["seq"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_number_once"),
            models.UniqueConstraint(fields=["author", "client_id"], name="message_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.seq}"
