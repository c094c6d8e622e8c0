"""The base class of topics: who may join, what they are sent as they join, and which commands the topic takes."""

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar, get_type_hints

from fairplatform.errors import Refused

from .authentication import Identity
from .hub import TopicMember
from .protocol import Command, Event, PresenceChanged
from .threads import in_thread

T = TypeVar("T")
S = TypeVar("S")
TYPES = {"join", "leave", "heartbeat"}  # all declared types of commands; topics add their own


def known_type(frame: dict[str, Any] | None) -> str:
    """The frame's type if it is declared, else `unknown`: what a client makes up is no label of a metric."""
    name = frame.get("type") if frame else None
    return name if isinstance(name, str) and name in TYPES else "unknown"


@dataclass(frozen=True)
class CommandResult(Generic[S]):
    """The reply to a command: the number it produced, or data for the sender alone, of message class `S`."""

    seq: int | None = None
    snapshot: S | None = None


@dataclass
class JoinResult(Generic[S]):
    """What a joiner gets: the state (of message class `S`) and its number, read in one transaction.

    For a logged topic also the events missed.
    """

    seq: int
    snapshot: S
    replay: list[tuple[int, Event]] = field(default_factory=list)
    more: bool = False


class TopicSocket(TopicMember, Protocol):
    """The socket of a topic, as the topic sees it. `socket_id`: different for each."""

    socket_id: str
    identity: Identity


class Topic:
    """One socket's view of one topic.

    Subclasses say `prefix`, the `permission` that joining needs, `authorize` (sync; loads, and so authorises) and
    `snapshot` (sync); commands are `on_<noun>_<verb>` methods whose `command` is annotated with its message class.
    The annotations of what they return name the classes of snapshot and replies; the documents are written from them.
    """

    prefix: ClassVar[str]
    permission: ClassVar[str]
    events: ClassVar[tuple[type[Event], ...]] = ()
    has_presence: ClassVar[bool] = False
    commands: ClassVar[dict[str, tuple[str, type[Command]]]] = {}
    permissions: ClassVar[dict[str, str]] = {}  # command type → permission

    def __init_subclass__(cls) -> None:
        cls.commands = {}
        for name in dir(cls):
            if name.startswith("on_"):
                command = get_type_hints(getattr(cls, name))["command"]
                cls.commands[command.model_fields["type"].default] = (name, command)
        TYPES.update(cls.commands)

    here: Set[int] = frozenset()  # with presence: the people who were on the topic as this one came to join

    def __init__(self, key: str, socket: TopicSocket) -> None:
        self.key = key
        self.socket = socket
        self.actor = socket.identity.actor

    @property
    def name(self) -> str:
        """The topic's full name inside the server."""
        return f"{self.prefix}:{self.key}" if self.key else self.prefix

    @property
    def object_id(self) -> int:
        """The key of the object it is about. It has one spelling: two names of a topic would be two topics."""
        if not self.key.isdecimal() or self.key != str(int(self.key)):
            raise Refused("not_found")
        return int(self.key)

    def authorize(self) -> None:
        """Loads what the topic is about; raises Refused for those who may not join.

        Called again when the person's roles change.
        """
        raise LookupError(self.name)

    def snapshot(self, after: int | None) -> JoinResult[Any]:
        """The state and its number; called inside one transaction."""
        raise LookupError(self.name)

    async def after_join(self) -> None:
        """Called once the reply was sent."""

    async def after_leave(self) -> None:
        """Called once the socket has left or was lost."""

    async def keep_alive(self) -> None:
        """Called every `presence.REFRESH` seconds while the socket is open."""

    async def presence_event(self, here: set[int]) -> Event:
        return PresenceChanged(here=sorted(here))

    async def run(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """An action, in a thread of the pool."""
        return await in_thread(function, *args, **kwargs)
