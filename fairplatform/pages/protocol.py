"""The state of a person's own topic."""

from datetime import datetime

from fairplatform.realtime.protocol import Message


class MeSnapshot(Message):
    """What every page of a person counts. `notices`: how many are unread; `messages`: unread ones by conversation.

    `now` is the server's time: the page sets its clocks by it.
    """

    id: int
    now: datetime
    notices: int
    messages: dict[int, int]
