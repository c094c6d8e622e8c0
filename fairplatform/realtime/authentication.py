"""What the socket needs to know of the person at its other end. `asgi.py` passes the function that determines it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from fairplatform.asgi_types import Scope
from fairplatform.server.token_bucket import TokenBucket

if TYPE_CHECKING:
    from fairplatform.accounts.actor import Actor


class Identity(Protocol):
    """The person a socket acts for, and what their access rests on.

    `session_key`: None for a program, which comes with a token. `access_version`: changes with the person's roles.
    `expired`: their session has ended; the socket is closed so that its page can ask them to sign in.
    """

    actor: "Actor"
    language: str
    bucket: TokenBucket
    session_key: str | None
    access_version: int
    expired: bool

    @property
    def counted_as(self) -> str:
        """Whose limit of open sockets this one counts towards; empty without an account."""

    def forget_roles(self) -> None:
        """The next permission check reads the person's roles again."""


Verdict = Literal["same", "changed", "gone"]
# Both run in a thread. `Authenticate` answers None to refuse the connection before it is accepted (HTTP 403).
Authenticate = Callable[[Scope], Identity | None]
Recheck = Callable[[Sequence[Identity]], list[Verdict]]
