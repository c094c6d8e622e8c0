"""Notices about a meeting: to each side in the name of the other company, to interpreters in both names."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import Translated
from fairplatform.notices.actions import notify
from meetings.figures.publishing import publish_figures_on_commit, publish_tile
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.staffing import representatives


def notify_participants(
    meeting: Meeting,
    code: str,
    *,
    now: datetime,
    exclude: Iterable[int] = (),
    with_representatives: bool = False,
    supersedes: Collection[str] = (),
) -> None:
    """Notifies the participants except the people in `exclude`; `with_representatives`, also both companies' managers.

    The representatives are also notified for a company whose participants have all left it. For `supersedes` see
    `fairplatform.notices.actions.notify`.
    """
    groups = _recipients(meeting, with_representatives)
    excluded = set(exclude)
    for side, people in groups.items():
        notify(
            [person for pk, person in people.items() if pk not in excluded],
            fair=meeting.fair,
            code=code,
            parameters={"company": _other_names(meeting, side), "at": meeting.starts_at},
            path=meeting.get_absolute_url(),
            now=now,
            supersedes=supersedes,
        )


def notify_side(meeting: Meeting, side: Side, code: str, *, path: str, now: datetime) -> None:
    """Notifies one company alone, with the address of a page of its own."""
    notify(
        _recipients(meeting, with_representatives=False)[side].values(),
        fair=meeting.fair,
        code=code,
        parameters={"company": _other_names(meeting, side), "at": meeting.starts_at},
        path=path,
        now=now,
    )


def notify_of_first(fair: Fair, meetings: Iterable[Meeting], *, now: datetime) -> None:
    """Tells everybody once that their meetings are scheduled, with the first of each; `meetings` in order of time."""
    told: set[int] = set()
    for meeting in meetings:
        for side, people in _recipients(meeting, with_representatives=False).items():
            notify(
                [person for pk, person in people.items() if pk not in told],
                fair=fair,
                code="schedule_published",
                parameters={"company": _other_names(meeting, side), "at": meeting.starts_at},
                path=reverse("meetings:day", args=[fair.slug]),
                now=now,
            )
            told |= people.keys()


def publish_changes(meeting: Meeting, now: datetime) -> None:
    """Publishes the meeting's tile to the control room, and the fair's figures."""
    publish_tile(meeting, now)
    publish_figures_on_commit(meeting.fair, now)


def _recipients(meeting: Meeting, with_representatives: bool) -> dict[str, dict[int, User]]:
    """People by side ("" for interpreters) and key."""
    groups: dict[str, dict[int, User]] = {Side.EXHIBITOR: {}, Side.BUYER: {}, "": {}}
    for named in meeting.participants.select_related("user"):
        groups[named.side][named.user_id] = named.user
    for side, participation in ((Side.EXHIBITOR, meeting.exhibitor), (Side.BUYER, meeting.buyer)):
        if with_representatives or not groups[side]:
            groups[side] |= {user.pk: user for user in representatives(participation)}
    return groups


def _other_names(meeting: Meeting, side: str) -> Translated | list[Translated]:
    """The other company's name; for interpreters both names."""
    names: dict[str, Translated] = {one: meeting.company_of(one).name for one in Side}
    if not side:
        return list(names.values())
    return names[Side.BUYER if side == Side.EXHIBITOR else Side.EXHIBITOR]
