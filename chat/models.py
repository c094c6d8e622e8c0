"""Conversations. What a conversation is about is known to those who opened it, never here."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.utils import timezone

from fairplatform.db.sql import GREATEST_KEY, one
from fairplatform.policy import Role
from fairplatform.realtime import topic_names

from .memberships import STANDS, stands

_SEEN = f"""
    JOIN chat_member AS member ON member.conversation_id = chat_conversation.id
    WHERE chat_conversation.id = %s AND member.user_id = %s AND {STANDS}
"""


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, person: Any) -> "ConversationQuerySet":
        """What a person is a member of; each row says so of itself (`seen_by`, `read_up_to`)."""
        if not person.is_authenticated:
            return self.none()
        mine: Any = self.filter(members__user=person).alias(stands=stands("members")).filter(stands=True)
        rows: ConversationQuerySet = mine.annotate(seen_by=F("members__user"), read_up_to=F("members__read_up_to"))
        return rows


class Conversation(models.Model):
    """A closed circle of people who write to each other. Its messages are numbered 1, 2, 3 … without a gap."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="+")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    last_message_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    # Of rows that were read through `visible_to`: for whom, and the newest message this member has read.
    seen_by: int | None = None
    read_up_to: int = 0
    # Of rows whose members were all read at once: who they are.
    everybody: frozenset[int] | None = None

    objects: ClassVar[models.Manager["Conversation"]] = ConversationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.topic

    @classmethod
    def load_for(cls, person: Any, **lookup: Any) -> "Conversation | None":
        """policy.LoadsForPerson: everybody who joins loads it by its key."""
        if lookup.keys() != {"pk"}:
            return cls.objects.visible_to(person).filter(**lookup).first()
        pk = lookup["pk"]
        if not person.is_authenticated or pk > GREATEST_KEY:
            return None
        return one(cls, _SEEN, pk, person.pk, seen_by="member.user_id", read_up_to="member.read_up_to")

    @property
    def topic(self) -> str:
        return topic_names.chat(self.pk)

    def roles_of(self, person: Any) -> frozenset[Role]:
        is_member = person.is_authenticated and self._has(person)
        return frozenset({Role.MEMBER}) if is_member else frozenset()

    def _has(self, person: Any) -> bool:
        if self.everybody is not None:
            return person.pk in self.everybody
        return self.seen_by == person.pk or self.members.standing().filter(user=person).exists()


class MemberQuerySet(models.QuerySet["Member"]):
    def standing(self) -> "MemberQuerySet":
        """Those whose role still lasts."""
        return self.alias(stands=stands("pk")).filter(stands=True)


class Member(models.Model):
    """A person in a conversation, what brought them in, and the number of the newest message they have read.

    Who came for a company or in a role of the fair is a member while that lasts (`standing`); with neither, always.
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
    """What somebody wrote. `client_id` is chosen by the writer's page, so that sending twice stores once."""

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
