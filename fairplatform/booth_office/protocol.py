"""The socket messages of a page of the booth office."""

from typing import Literal

from fairplatform.realtime.protocol import Event, Message, Person


class DraftSnapshot(Message):
    """A form as it is kept now: the text of each input by its name, and who has its page open."""

    inputs: dict[str, str]
    here: list[Person]


class DraftChanged(Event):
    """Inputs have other texts now, because somebody typed, published or discarded; `by`: the key of that person."""

    type: Literal["draft.changed"] = "draft.changed"
    inputs: dict[str, str]
    by: int


class ColleaguesChanged(Event):
    """Who has the page open now. Not stored."""

    type: Literal["presence.changed"] = "presence.changed"
    here: list[Person]
