"""What tests with a server of their own begin with: a fair, people who write to each other, and a booth to look at."""

import json
from dataclasses import dataclass

from tests.servers.serve import Server

_LAY = """
import json
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from chat.actions import open_conversation
from fairplatform.accounts.models import Token
from tests.factories import make_buyer, make_exhibitor, make_fair, make_staff
from tests.realtime.client import session_of

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
fair = make_fair()
people = [make_staff(make_buyer(fair), language=("zh-hans", "ur", "en")[n % 3]) for n in range(PEOPLE)]
conversation = open_conversation(fair=fair, people=people)
rows, end = ["conversation.read", "conversation.write"], timezone.now() + timedelta(hours=1)
print(json.dumps({
    "fair": fair.slug,
    "topic": conversation.topic,
    "tokens": [Token.issue(person, fair=fair, permissions=rows, expires_at=end)[1] for person in people],
    "sessions": [session_of(person) for person in people],
    "booth": make_exhibitor(fair).booth.get_absolute_url(),
}))
"""
_READ = """
import json
from chat.models import Message
print(json.dumps([[m.seq, m.body] for m in Message.objects.order_by("seq")]))
"""


@dataclass(frozen=True)
class Laid:
    """`tokens` and `sessions` belong to the members of the conversation, whose languages are zh-hans, ur, en, …"""

    fair: str
    topic: str
    tokens: list[str]
    sessions: list[str]
    booth: str

    @property
    def conversation(self) -> str:
        """The address of its page."""
        return f"/fairs/{self.fair}/messages/{self.topic.removeprefix('chat:')}/"


def lay(server: Server, *, people: int) -> Laid:
    printed = server.manage("shell", "-v", "0", "-c", _LAY.replace("PEOPLE", str(people)))
    return Laid(**json.loads(printed.splitlines()[-1]))


def stored_messages(server: Server) -> list[tuple[int, str]]:
    """Number and body of each, in order."""
    rows = json.loads(server.manage("shell", "-v", "0", "-c", _READ).splitlines()[-1])
    return [(seq, body) for seq, body in rows]
