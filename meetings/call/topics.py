"""The topic of a meeting's room: who may follow it, and what a connection in the room may send."""

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.utils import timezone

from fairplatform.policy import load
from fairplatform.realtime import topic_names
from fairplatform.realtime.hub import HUB
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Event
from fairplatform.realtime.publish import send_ephemeral
from fairplatform.realtime.threads import read_in_thread
from fairplatform.realtime.topics import CommandResult, JoinResult, Topic
from meetings.connection_quality import ConnectionQuality, connection_quality
from meetings.figures.protocol import LineMeasured, LobbyChanged, OutcomeChanged, SideName
from meetings.models import Meeting

from . import actions, protocol
from .ice_servers import ice_servers
from .lobby import sides_here
from .state import present, room_state


class MeetingTopic(Topic):
    """One socket's view of one room. `connection` is its admission, empty in the lobby."""

    prefix = "meeting"
    permission = "meeting.watch"
    has_presence = True
    events: ClassVar[tuple[type[Event], ...]] = (*protocol.EVENTS, OutcomeChanged)
    permissions: ClassVar[dict[str, str]] = {
        "enter": "meeting.enter",
        "exit": "meeting.watch",
        "rtc.offer": "meeting.enter",
        "rtc.answer": "meeting.enter",
        "rtc.candidate": "meeting.enter",
        "media.report": "meeting.enter",
        "track.state": "meeting.enter",
        "quality.report": "meeting.enter",
    }
    connection = ""
    fair = ""
    side: SideName | None = None
    quality: protocol.Quality | None = None
    line: ConnectionQuality | None = None
    missed: frozenset[str] = frozenset()
    """The connections of the other side that nothing comes from."""

    @property
    def meeting(self) -> int:
        return self.row

    def authorize(self) -> None:
        self.fair = load(Meeting, self.actor, self.permission, pk=self.meeting).fair.slug

    def snapshot(self, after: int | None) -> JoinResult[protocol.Room]:
        meeting = Meeting.objects.with_names().get(pk=self.meeting)
        state = room_state(meeting, timezone.now())
        return JoinResult(TopicVersion.current([self.name])[self.name], state)

    async def presence_event(self, here: set[int]) -> Event:
        """The control room hears of it too: it sees who is there already for the next slot."""
        sides = await read_in_thread(sides_here, {self.meeting: here})
        event = LobbyChanged(meeting=self.meeting, sides=sides.get(self.meeting, []))
        await send_ephemeral(topic_names.monitor(self.fair), event)
        return await super().presence_event(here)

    async def leave(self) -> None:
        await self._give_up(lost=True)

    async def refresh(self) -> None:
        """The socket lives: so does its connection."""
        if self.connection:
            await self.run(actions.report_quality, self.connection, quality=self.quality, now=timezone.now())

    async def on_enter(self, command: protocol.Enter) -> CommandResult[protocol.Admission]:
        connection = secrets.token_urlsafe(9)
        # Reachable before anybody hears of it, so that no first offer is lost.
        await HUB.subscribe(f"connection:{connection}", self.socket)
        try:
            admission = await self.run(self._admit, connection, command.resumes)
        except BaseException:
            await HUB.unsubscribe(f"connection:{connection}", self.socket)
            raise
        await self._forget()  # an earlier one, which the new one has ended
        self.connection = connection
        return CommandResult(snapshot=admission)

    def _admit(self, connection: str, resumes: str | None) -> protocol.Admission:
        now = timezone.now()
        row = actions.enter(self.actor, meeting=self.meeting, connection_id=connection, now=now, resumes=resumes)
        self.side, self.line, self.missed = row.side or None, None, frozenset()  # type: ignore[assignment]
        return protocol.Admission(
            connection_id=connection,
            server_time=now,
            ends_at=row.meeting.ends_at,
            present=present(row.meeting, but=connection),
            ice_servers=ice_servers(row.meeting_id, row.user_id, row.meeting.ends_at),
        )

    async def on_exit(self, command: protocol.Exit) -> CommandResult[None]:
        await self._give_up(lost=False)
        return CommandResult()

    async def on_rtc_offer(self, command: protocol.Offer) -> CommandResult[None]:
        event = protocol.Offered(sender=self.connection, pair=command.pair, sdp=command.sdp)
        return await self._signal(command.to, event)

    async def on_rtc_answer(self, command: protocol.Answer) -> CommandResult[None]:
        event = protocol.Answered(sender=self.connection, pair=command.pair, sdp=command.sdp)
        return await self._signal(command.to, event)

    async def on_rtc_candidate(self, command: protocol.Candidate) -> CommandResult[None]:
        event = protocol.CandidateFound(sender=self.connection, pair=command.pair, candidate=command.candidate)
        return await self._signal(command.to, event)

    async def on_media_report(self, command: protocol.MediaReport) -> CommandResult[None]:
        if command.state == "connected":
            await self.run(actions.report_connected, self.actor, **self._said(peer=command.peer))
            await self._find(command.peer)
        else:
            await self._miss(command.peer)
        return CommandResult()

    async def _miss(self, peer: str) -> None:
        """Who does not come through can tell nobody: those who hear nothing of them tell it of them."""
        other = await self._check(actions.check_inside, peer=peer)
        # Who has left is not missed: that the others are alone is told already.
        if other.left_at is None and peer not in self.missed and self.side and other.side not in ("", self.side):
            self.missed |= {peer}
            await self._tell(other.side, "lost")

    async def _find(self, peer: str) -> None:
        if peer in self.missed:
            self.missed -= {peer}
            other = await self._check(actions.check_inside, peer=peer)
            await self._tell(other.side, "weak" if connection_quality(other.quality) == "weak" else "good")

    async def on_track_state(self, command: protocol.TrackState) -> CommandResult[None]:
        await self._check(actions.check_inside)
        event = protocol.TrackChanged(
            connection_id=self.connection, mic=command.mic, camera=command.camera, screen=command.screen
        )
        await send_ephemeral(self.name, event)
        return CommandResult()

    async def on_quality_report(self, command: protocol.QualityReport) -> CommandResult[None]:
        await self._check(actions.check_inside)
        self.quality = command.quality
        await self._tell_own(connection_quality(command.quality.model_dump(exclude_none=True)))
        return CommandResult()

    async def _tell_own(self, now: ConnectionQuality | None) -> None:
        """Tells the control room how this side's line is, when that has changed.

        A digest is of the lines that flow. While the other side is missed, those are to others, and say nothing of it.
        """
        if now is None or now == self.line or not self.side:
            return
        if self.missed:
            self.missed &= await read_in_thread(actions.inside, self.missed)
        if not self.missed:
            self.line = now
            await self._tell(self.side, now)

    async def _tell(self, side: SideName, now: ConnectionQuality) -> None:
        await send_ephemeral(topic_names.monitor(self.fair), LineMeasured(meeting=self.meeting, side=side, quality=now))

    async def _signal(self, to: str, event: Event) -> CommandResult[None]:
        await self._check(actions.check_signal, to=to)
        await send_ephemeral(self.name, event, to=to)
        return CommandResult()

    async def _check(self, check: Callable[..., Any], **fields: str) -> Any:
        return await read_in_thread(partial(check, self.actor, **self._said(**fields)))

    def _said(self, **fields: str) -> dict[str, Any]:
        """What this connection says, and when."""
        return {"meeting": self.meeting, "connection_id": self.connection, "now": timezone.now(), **fields}

    async def _give_up(self, *, lost: bool) -> None:
        if connection := await self._forget():
            await self.run(actions.leave, connection, now=timezone.now(), lost=lost)

    async def _forget(self) -> str:
        """Ends being reachable; returns the connection that was."""
        connection, self.connection = self.connection, ""
        if connection:
            await HUB.unsubscribe(f"connection:{connection}", self.socket)
        return connection
