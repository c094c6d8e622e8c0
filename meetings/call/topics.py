"""The topic of a meeting's room: who may watch it, and what a connection in the room may send."""

import secrets
from functools import partial
from typing import ClassVar, cast

from django.utils import timezone

from fairplatform.policy import load
from fairplatform.realtime import topic_names
from fairplatform.realtime.hub import HUB
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.protocol import Event
from fairplatform.realtime.publish import send_ephemeral
from fairplatform.realtime.threads import read_in_thread
from fairplatform.realtime.topics import CommandResult, JoinResult, Topic
from meetings.connection_quality import ConnectionQuality, rate
from meetings.figures.protocol import SideName
from meetings.figures.publishing import send_lobby, send_quality
from meetings.models import Attendance, Meeting
from meetings.outcomes.protocol import OutcomeChanged

from . import actions, protocol
from .ice_servers import ice_servers
from .lobby import sides_here
from .snapshot import present, room_snapshot


class MeetingTopic(Topic):
    """One socket's membership of one room's topic. `connection`: the id of its admission; empty in the lobby.

    `side`: the side it was admitted on; `quality`: its newest digest; `sent_quality`: what the control room was sent
    last; `unreachable`: the connections of the other side from which no media arrives.
    """

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
    sent_quality: ConnectionQuality | None = None
    unreachable: frozenset[str] = frozenset()

    @property
    def meeting(self) -> int:
        return self.object_id

    def authorize(self) -> None:
        self.fair = load(Meeting, self.actor, self.permission, pk=self.meeting).fair.slug

    def snapshot(self, after: int | None) -> JoinResult[protocol.Room]:
        meeting = Meeting.objects.with_names().get(pk=self.meeting)
        state = room_snapshot(meeting, timezone.now())
        return JoinResult(TopicVersion.current([self.name])[self.name], state)

    async def presence_event(self, here: set[int]) -> Event:
        """Also sends the control room which sides have the room open, for the meetings of the next slot."""
        sides = await read_in_thread(sides_here, {self.meeting: here})
        await send_lobby(self.fair, self.meeting, sides.get(self.meeting, []))
        return await super().presence_event(here)

    async def after_leave(self) -> None:
        await self._leave_room(lost=True)

    async def keep_alive(self) -> None:
        """The socket lives, and so does its connection."""
        if self.connection:
            await self.run(actions.report_quality, self.connection, quality=self.quality, now=timezone.now())

    async def on_enter(self, command: protocol.Enter) -> CommandResult[protocol.Admission]:
        connection = secrets.token_urlsafe(9)
        # Subscribed before it is announced, so that no first offer to it is lost.
        await HUB.subscribe(topic_names.connection(connection), self.socket)
        try:
            admission = await self.run(self._admit, connection, command.resumes)
        except BaseException:
            await HUB.unsubscribe(topic_names.connection(connection), self.socket)
            raise
        await self._unsubscribe()  # from an earlier admission, which this one has ended
        self.connection = connection
        return CommandResult(snapshot=admission)

    def _admit(self, connection: str, resumes: str | None) -> protocol.Admission:
        now = timezone.now()
        row = actions.enter(self.actor, meeting=self.meeting, connection_id=connection, now=now, resumes=resumes)
        self.side, self.sent_quality, self.unreachable = _side(row), None, frozenset()
        return protocol.Admission(
            connection_id=connection,
            server_time=now,
            ends_at=row.meeting.ends_at,
            present=present(row.meeting, exclude=connection),
            ice_servers=ice_servers(row.meeting_id, row.user_id, row.meeting.ends_at),
        )

    async def on_exit(self, command: protocol.Exit) -> CommandResult[None]:
        await self._leave_room(lost=False)
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
            me, now = self.connection, timezone.now()
            report = partial(
                actions.report_connected, meeting=self.meeting, connection_id=me, peer=command.peer, now=now
            )
            await self.run(report, self.actor)
            await self._mark_reachable(command.peer)
        else:
            await self._mark_unreachable(command.peer)
        return CommandResult()

    async def _mark_unreachable(self, peer: str) -> None:
        """A side that has lost its network cannot report it: the side that no longer receives its media does."""
        other = await self._attendance_of(peer)
        # A peer that has left is not unreachable: the tile shows already that this side is alone.
        if other.left_at is None and peer not in self.unreachable and self.side and other.side not in ("", self.side):
            self.unreachable |= {peer}
            await self._send_quality(other.side, "lost")

    async def _mark_reachable(self, peer: str) -> None:
        if peer in self.unreachable:
            self.unreachable -= {peer}
            other = await self._attendance_of(peer)
            await self._send_quality(other.side, "weak" if rate(other.quality) == "weak" else "good")

    async def on_track_state(self, command: protocol.TrackState) -> CommandResult[None]:
        await self._check_inside()
        event = protocol.TrackChanged(
            connection_id=self.connection, mic=command.mic, camera=command.camera, screen=command.screen
        )
        await send_ephemeral(self.name, event)
        return CommandResult()

    async def on_quality_report(self, command: protocol.QualityReport) -> CommandResult[None]:
        await self._check_inside()
        self.quality = command.quality
        await self._send_own_quality(rate(command.quality.model_dump(exclude_none=True)))
        return CommandResult()

    async def _send_own_quality(self, quality: ConnectionQuality | None) -> None:
        """Sends the control room the quality of this side's connection, if it has changed.

        A digest covers only peer connections over which media flows. While the other side is unreachable those lead to
        interpreters and organisers, and say nothing of the two sides.
        """
        if quality is None or quality == self.sent_quality or not self.side:
            return
        if self.unreachable:
            self.unreachable &= await read_in_thread(actions.inside, self.unreachable)
        if not self.unreachable:
            self.sent_quality = quality
            await self._send_quality(self.side, quality)

    async def _send_quality(self, side: str, quality: ConnectionQuality) -> None:
        await send_quality(self.fair, self.meeting, cast(SideName, side), quality)

    async def _signal(self, to: str, event: Event) -> CommandResult[None]:
        me, now = self.connection, timezone.now()
        await read_in_thread(
            partial(actions.check_signal, self.actor, meeting=self.meeting, connection_id=me, to=to, now=now)
        )
        await send_ephemeral(self.name, event, to=to)
        return CommandResult()

    async def _attendance_of(self, peer: str) -> Attendance:
        """The row of another person's connection; raises Refused unless this one is in the room."""
        row = await self._check_inside(peer)
        assert row is not None
        return row

    async def _check_inside(self, peer: str | None = None) -> Attendance | None:
        me, now = self.connection, timezone.now()
        return await read_in_thread(
            partial(actions.check_inside, self.actor, meeting=self.meeting, connection_id=me, peer=peer, now=now)
        )

    async def _leave_room(self, *, lost: bool) -> None:
        if connection := await self._unsubscribe():
            await self.run(actions.leave, connection, now=timezone.now(), lost=lost)

    async def _unsubscribe(self) -> str:
        """Stops receiving signals; returns the id of the connection that ends, empty if there is none."""
        connection, self.connection = self.connection, ""
        if connection:
            await HUB.unsubscribe(topic_names.connection(connection), self.socket)
        return connection


def _side(row: Attendance) -> SideName | None:
    return cast(SideName, row.side) if row.side else None
