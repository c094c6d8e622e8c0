"""The messages about notices on a person's own topic."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from fairplatform.realtime.protocol import Command, Event


class NoticeCreated(Event):
    """A new notice, in every language; `path` is the page it is about, perhaps empty."""

    type: Literal["notice.created"] = "notice.created"
    id: int
    code: str
    text: dict[str, str]
    path: str
    created_at: datetime


class NoticesRead(Event):
    """Notices were read, perhaps on another device; `unread` are left."""

    type: Literal["notices.read"] = "notices.read"
    unread: int


class ReadNotice(Command):
    """The person has followed a notice."""

    type: Literal["notice.read"] = "notice.read"
    notice: Annotated[int, Field(ge=0, le=2**53)]
