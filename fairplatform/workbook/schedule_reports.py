"""What matching, scheduling and publishing found, for programs and for people. Companies are named by their keys."""

from collections import Counter
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairplatform.fairs.models import Participation
from fairplatform.i18n.text import isolated
from fairplatform.report.data import instant
from meetings.matching import words
from meetings.matching.nobody import why_nobody
from meetings.models import Match, MatchedPair, MatchShortfall, PlannedMeeting, ScheduleVersion
from meetings.versions.drafting import counts
from meetings.versions.prospects import prospects_in
from meetings.versions.publishing import Published
from meetings.versions.reasons import CONFLICTS, NOT_PLACED, why_not_placed
from meetings.versions.short import short_of_meetings

from .keys import KeyBook

Record = dict[str, object]


class MatchReport:
    """Of the last run of matching."""

    def __init__(self, match: Match, keys: KeyBook) -> None:
        self._match, self._keys = match, keys
        rows = list(match.pairs.select_related("exhibitor__company", "buyer__company"))
        self._matched = [row for row in rows if not row.left_out]
        self._left_out = [row for row in rows if row.left_out]
        self._below = list(match.shortfalls.select_related("participation__company"))

    def as_data(self) -> Record:
        return {
            "fair": self._match.fair.slug,
            "pairs": len(self._matched),
            "first": sum(row.is_first for row in self._matched),
            "matched": [self._pair(row) for row in self._matched],
            **self.unmet(),
        }

    def unmet(self) -> Record:
        return {
            "left_out": [
                _ends(row, self._keys) | _said(row.left_out, words.why_left_out(row)) for row in self._left_out
            ],
            "below_floor": [self._shortfall(row) for row in self._below],
        }

    def as_lines(self) -> Iterator[str]:
        number = len(self._matched)
        text = ngettext("%(count)s pair is matched.", "%(count)s pairs are matched.", number)
        yield text % {"count": f"{number:,}"}
        if why := why_nobody(self._match, timezone.now()):
            yield why
        yield from self.unmet_lines()

    def unmet_lines(self) -> Iterator[str]:
        for pair in self._left_out:
            yield _line(pair, words.why_left_out(pair))
        for row in self._below:
            yield _below(row.participation, row.meetings, row.floor, words.why_below(row))

    def _pair(self, row: MatchedPair) -> Record:
        return _ends(row, self._keys) | {"origin": row.origin, "reasons": words.why_together(row)}

    def _shortfall(self, row: MatchShortfall) -> Record:
        of_company: Record = {"company": self._keys.key("companies", row.participation_id), "side": row.side}
        numbers: Record = {"meetings": row.meetings, "floor": row.floor}
        return of_company | numbers | _said(row.code, words.why_below(row))


class ScheduleReport:
    """Of a version of the schedule."""

    def __init__(self, version: ScheduleVersion, keys: KeyBook, seconds: float) -> None:
        self._version, self._keys, self._seconds = version, keys, seconds
        self._counts = counts(version)
        rows = version.rows.exclude(not_placed="").order_by("pk")
        self._not_placed = list(rows.select_related("exhibitor__company", "buyer__company"))
        self._match = MatchReport(Match.objects.get(fair=version.fair), keys)
        self._short = short_of_meetings(version)

    def as_data(self) -> Record:
        version = self._version
        return {
            "fair": version.fair.slug,
            "version": version.number,
            "status": version.status,
            **self._counts,
            "bound": version.most,
            "breaks": version.breaks,
            "breaks_bound": version.bound,
            "seconds": round(self._seconds, 3),
            "not_placed": not_placed_data(version, self._keys),
            **self._match.unmet(),
            "companies": companies_data(version, self._keys),
            "short": [
                {
                    "company": self._keys.key("companies", one.company.pk),
                    "side": one.side,
                    "meetings": one.meetings,
                    "floor": one.floor,
                }
                for one in self._short
            ],
        }

    def as_lines(self) -> Iterator[str]:
        numbers = {name: f"{number:,}" for name, number in self._counts.items()}
        yield _("Draft %(version)s: %(placed)s of %(meetings)s meetings have a time.") % {
            "version": self._version.number, **numbers,
        }  # fmt: skip
        yield _("No schedule of these companies and times places more than %(most)s.") % {
            "most": f"{self._version.most:,}"
        }
        causes = Counter(row.not_placed for row in self._not_placed)
        yield from (f"{NOT_PLACED[code]} ({number:,})" for code, number in causes.most_common())
        yield from (_line(row, why_not_placed(row)) for row in self._not_placed)
        yield from self._match.unmet_lines()
        for one in self._short:
            yield _below(one.company, one.meetings, one.floor, _("Some of its pairs have no time."))
        for company, own in prospects_in(self._version, timezone.now()):
            said = [text for one in own.unmet for text in one.sentences]
            yield f"{isolated(company)}: {' '.join([*own.own, *said])}"


class PublishReport:
    """Of what was published, or was not."""

    def __init__(self, found: Published, keys: KeyBook) -> None:
        self._found, self._keys = found, keys

    def as_data(self) -> Record:
        version = self._found.version
        return {
            "fair": version.fair.slug,
            "version": version.number,
            "stored": not self._found.conflicts,
            "meetings": len(self._found.meetings),
            "conflicts": [
                _timed(one.row, self._keys) | _said(one.code, str(CONFLICTS[one.code])) for one in self._found.conflicts
            ],
            "unattended": [_timed(row, self._keys) for row in self._found.unattended],
        }

    def as_lines(self) -> Iterator[str]:
        if conflicts := self._found.conflicts:
            yield from (_line(one.row, str(CONFLICTS[one.code])) for one in conflicts)
            yield _("Nothing was published. Make a new draft, or put this right first.")
            return
        number = len(self._found.meetings)
        text = ngettext("%(count)s meeting is published.", "%(count)s meetings are published.", number)
        yield text % {"count": f"{number:,}"}
        for row in self._found.unattended:
            yield _line(row, _("Nobody of one of the two is named yet: its staff are at other meetings then."))


def not_placed_data(version: ScheduleVersion, keys: KeyBook) -> list[Record]:
    """The pairs without a time, with the reason and the figures of it that organisers read."""
    rows = version.rows.exclude(not_placed="").select_related("exhibitor__company", "buyer__company").order_by("pk")
    return [
        _ends(row, keys)
        | {"first": row.is_first, "figures": row.not_placed_counts}
        | _said(row.not_placed, why_not_placed(row))
        for row in rows
    ]


def companies_data(version: ScheduleVersion, keys: KeyBook) -> list[Record]:
    """Of each company with a pair that has no time, or with too few meetings: what it reads of itself."""
    return [
        {
            "company": keys.key("companies", company.pk),
            "meetings": own.meetings,
            "most": own.most,
            "times": own.times,
            "text": " ".join(own.own),
            "unmet": [
                {
                    "side": one.side,
                    "heading": one.heading,
                    "suiting": one.suiting,
                    "no_common_time": one.without_hours,
                    "no_language": one.without_language,
                    "others": one.others,
                    "text": " ".join(one.sentences),
                }
                for one in own.unmet
            ],
        }
        for company, own in prospects_in(version, timezone.now())
    ]


def _ends(row: MatchedPair | PlannedMeeting, keys: KeyBook) -> Record:
    return {"exhibitor": keys.key("companies", row.exhibitor_id), "buyer": keys.key("companies", row.buyer_id)}


def _timed(row: PlannedMeeting, keys: KeyBook) -> Record:
    return _ends(row, keys) | {"starts_at": instant(row.starts_at) if row.starts_at else None}


def _said(code: str, text: str) -> Record:
    return {"code": code, "text": text}


def _line(row: MatchedPair | PlannedMeeting, text: str) -> str:
    return f"{isolated(row.exhibitor)} – {isolated(row.buyer)}: {text}"


def _below(company: Participation, meetings: int, floor: int, text: str) -> str:
    numbers = {"company": isolated(company), "number": meetings, "floor": floor, "text": text}
    return _("%(company)s, %(number)s of %(floor)s meetings: %(text)s") % numbers
