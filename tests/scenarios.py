"""What tests with a server start from: a fair, a conversation with its members, and a booth."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.utils import timezone

from chat.models import Message
from fairplatform.accounts.models import Token
from tests.factories import make_buyer, make_conversation, make_exhibitor, make_fair, make_staff
from tests.realtime.client import session_of
from tests.servers.serve import Server
from tests.servers.server_database import in_database_of


@dataclass(frozen=True)
class ChatScenario:
    """A conversation. `tokens`, `sessions`: of its members, whose languages are zh-hans, ur, en, zh-hans, …

    `fair`: its slug; `booth`: the address of a booth's page.
    """

    fair: str
    topic: str
    tokens: list[str]
    sessions: list[str]
    booth: str

    @property
    def conversation(self) -> str:
        """The address of the conversation's page."""
        return f"/fairs/{self.fair}/messages/{self.topic.removeprefix('chat:')}/"


def make_chat_scenario(server: Server, *, people: int) -> ChatScenario:
    """A conversation of so many people, in the server's database."""
    return in_database_of(server, partial(_make, people))


def _make(number: int) -> ChatScenario:
    fair = make_fair()
    people = [make_staff(make_buyer(fair), language=("zh-hans", "ur", "en")[n % 3]) for n in range(number)]
    conversation = make_conversation(fair, people)
    rows, end = ["conversation.read", "conversation.write"], timezone.now() + timedelta(hours=1)
    return ChatScenario(
        fair=fair.slug,
        topic=conversation.topic,
        tokens=[Token.issue(person, fair=fair, permissions=rows, expires_at=end)[1] for person in people],
        sessions=[session_of(person) for person in people],
        booth=make_exhibitor(fair).booth.get_absolute_url(),
    )


def stored_messages(server: Server, scenario: ChatScenario) -> list[tuple[int, str]]:
    """(number, body) of each message of the conversation, in order."""
    rows = Message.objects.filter(conversation=scenario.topic.removeprefix("chat:")).order_by("seq")
    return in_database_of(server, lambda: [(message.seq, message.body) for message in rows])
