"""Notices about a meeting: to each side in the name of the other, to interpreters in the names of both."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from fairplatform.accounts.models import User
from fairplatform.i18n.text import LANGUAGES
from fairplatform.notices.actions import notify
from fairplatform.notices.sentences import parameters_of
from meetings.figures.tiles import publish_tile, publish_totals
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.pairing import office


def notify_participants(
    meeting: Meeting,
    code: str,
    *,
    now: datetime,
    but: Iterable[int] = (),
    offices: bool = False,
    overtakes: Collection[str] = (),
) -> None:
    """Notifies everybody named for the meeting, without the people `but`; with `offices`, both companies' too.

    The office also hears for a company whose named people have all left. For `overtakes` see `notify`.
    """
    groups = _groups(meeting, offices)
    left_out = set(but)
    for side, people in groups.items():
        words = {"company": _other_names(meeting, side), "at": meeting.starts_at}
        notify(
            [person for pk, person in people.items() if pk not in left_out],
            fair=meeting.fair,
            code=code,
            parameters={name: words[name] for name in parameters_of(code)},
            path=meeting.get_absolute_url(),
            now=now,
            overtakes=overtakes,
        )


def publish_changes(meeting: Meeting, now: datetime) -> None:
    """The control room's tile and everybody's figures."""
    publish_tile(meeting, now)
    publish_totals(meeting.fair, now)


def _groups(meeting: Meeting, offices: bool) -> dict[str, dict[int, User]]:
    groups: dict[str, dict[int, User]] = {Side.EXHIBITOR: {}, Side.BUYER: {}, "": {}}
    for named in meeting.participants.select_related("user"):
        groups[named.side][named.user_id] = named.user
    for side, participation in ((Side.EXHIBITOR, meeting.exhibitor), (Side.BUYER, meeting.buyer)):
        if offices or not groups[side]:
            groups[side] |= {user.pk: user for user in office(participation)}
    return groups


def _other_names(meeting: Meeting, side: str) -> dict[str, Any]:
    exhibitor, buyer = meeting.exhibitor.company.name, meeting.buyer.company.name
    if side:
        return dict(buyer if side == Side.EXHIBITOR else exhibitor)
    return {code: f"{exhibitor.in_language(code)} · {buyer.in_language(code)}" for code in LANGUAGES}
