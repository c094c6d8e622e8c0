"""The published version of the schedule, so that organisers can change what is to come on the board."""

from datetime import timedelta

from fairplatform.accounts.models import User
from meetings.models import Meeting, Pair, PlannedMeeting, ScheduleVersion

from .rows import LoaderRun

MADE_BEFORE = timedelta(days=4)  # the fair begins, as in the workbook


def load_version(run: LoaderRun) -> None:
    """A row for each meeting of the history that has none, at its time; and the others' times as they are by now.

    Once its meetings were published again, by somebody who tries it, their rows belong to that version and stay there.
    """
    version = _version(run)
    planned = PlannedMeeting.objects.filter(version__fair=run.fair, meeting__isnull=False)
    rows = list(planned.select_related("meeting__slot"))
    for row in rows:
        assert row.meeting is not None
        row.starts_at, row.ends_at = row.meeting.slot.starts_at, row.meeting.slot.ends_at
    PlannedMeeting.objects.bulk_update(rows, ["starts_at", "ends_at"])
    _add_missing(run, version, {row.meeting_id for row in rows if row.meeting_id})


def _version(run: LoaderRun) -> ScheduleVersion:
    """The first of the fair, published before it began; its people were told by the meetings' own notices."""
    made_at = run.fair.slots.order_by("starts_at")[0].starts_at - MADE_BEFORE
    times = dict.fromkeys(("made_at", "published_at", "told_at"), made_at)
    first = {"status": ScheduleVersion.Status.FEASIBLE, "most": len(run.plan.meetings), "breaks": 0, "bound": 0}
    versions = ScheduleVersion.objects.filter(fair=run.fair, state=ScheduleVersion.State.PUBLISHED)
    version = versions.order_by("number").first()
    if version is None:
        number = ScheduleVersion.objects.filter(fair=run.fair).count() + 1
        return ScheduleVersion.objects.create(
            fair=run.fair, number=number, state=ScheduleVersion.State.PUBLISHED, **first, **times
        )
    ScheduleVersion.objects.filter(pk=version.pk).update(**times)
    return version


def _add_missing(run: LoaderRun, version: ScheduleVersion, known: set[int]) -> None:
    """In place of rows of the same pairs that have lost their meeting; a pair has one row, so its first meeting's."""
    interpreters = {one.key: one.interpreter for one in run.plan.meetings}
    keys = {pk: key for key, pk in run.rows.ids(Meeting).items() if pk not in known}
    missing = run.fair.meetings.filter(pk__in=keys).exclude(state=Meeting.State.CANCELLED).select_related("slot")
    taken = set(version.rows.exclude(meeting=None).values_list("exhibitor", "buyer"))
    meetings = [one for one in missing if (one.exhibitor_id, one.buyer_id) not in taken]
    pairs = {(one.exhibitor_id, one.buyer_id) for one in meetings}
    lost = version.rows.filter(meeting=None).values_list("pk", "exhibitor", "buyer")
    version.rows.filter(pk__in=[pk for pk, *ends in lost if tuple(ends) in pairs]).delete()
    PlannedMeeting.objects.bulk_create(
        PlannedMeeting(
            version=version,
            exhibitor_id=one.exhibitor_id,
            buyer_id=one.buyer_id,
            need=Pair.Need.REQUIRED if interpreters[keys[one.pk]] else Pair.Need.NONE,
            interpreter_id=run.rows.ids(User).get(interpreters[keys[one.pk]] or ""),
            starts_at=one.slot.starts_at,
            ends_at=one.slot.ends_at,
            meeting=one,
        )
        for one in meetings
    )
