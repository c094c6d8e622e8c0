"""The open sockets of this process, as its background tasks and its metrics see them."""

from typing import TYPE_CHECKING, Protocol

from .authentication import Identity

if TYPE_CHECKING:
    from .topics import Topic


class OpenSocket(Protocol):
    """An accepted connection. `last_received`: when its last frame arrived, by the monotonic clock."""

    socket_id: str
    identity: Identity
    topics: "dict[str, Topic]"
    last_received: float

    async def send_text(self, text: str) -> None: ...
    async def close(self, code: int) -> None: ...
    async def drop(self, name: str) -> None: ...
    async def recheck(self) -> None: ...
    async def refresh_presence(self) -> None: ...


OPEN_SOCKETS: set[OpenSocket] = set()
