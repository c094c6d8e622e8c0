"""What matching found, in words for organisers. A company is never told that another does not want to meet it."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from booths.match_reasons import in_words, stored
from fairplatform.matching import Reason
from fairplatform.matching.shortfalls import Code
from meetings.models import MatchedPair, MatchShortfall
from meetings.models.meeting import Side

LeftOut = MatchedPair.LeftOut
LEFT_OUT: Mapping[str, Promise] = {
    LeftOut.NO: gettext_lazy("One of the two does not want this meeting. Tell neither company: only organisers know."),
    LeftOut.SOLE_AGENT: gettext_lazy("One of the two is the sole agent of the other."),
    LeftOut.NOT_APPROVED: gettext_lazy("One of the two is not approved for the fair."),
    LeftOut.ONE_SIDE: gettext_lazy("One must sell and the other buy. Both only sell, or both only buy."),
    LeftOut.NO_COMMON_HOURS: gettext_lazy("The two have no free time in common."),
    LeftOut.EXHIBITOR_FULL: gettext_lazy(
        "The exhibitor has no meetings left for this pair: others come first as well."
    ),
    LeftOut.BUYER_FULL: gettext_lazy("The buyer has no meetings left for this pair: others come first as well."),
    LeftOut.BOTH_FULL: gettext_lazy("Neither company has a meeting left for this pair: others come first as well."),
}


def why_left_out(pair: MatchedPair) -> str:
    return str(LEFT_OUT[pair.left_out])


def reasons_of(pair: MatchedPair) -> list[Reason]:
    """What speaks for the two, and what they must still settle."""
    return stored(pair.reasons)


def why_together(pair: MatchedPair) -> list[str]:
    return [in_words(reason) for reason in reasons_of(pair)]


def why_below(row: MatchShortfall) -> str:
    """With what would help."""
    return _BELOW[row.code](row)


def _nothing_said(row: MatchShortfall) -> str:
    if row.side == Side.EXHIBITOR:
        return _("Nothing is known of what it sells. Enter its products or HS codes.")
    return _("Nothing is known of what it looks for. Enter its demands or HS codes.")


def _nobody_suits(row: MatchShortfall) -> str:
    if row.side == Side.EXHIBITOR:
        return _("No suitable buyer was found for what it sells. Recruit buyers for it, or widen what it sells.")
    return _("No suitable exhibitor was found for what it looks for. Recruit exhibitors, or widen what it looks for.")


def _few_slots(row: MatchShortfall) -> str:
    return ngettext(
        "It has %(count)s free time at the fair, too few for its meetings. Check its working hours and absences.",
        "It has %(count)s free times at the fair, too few for its meetings. Check its working hours and absences.",
        row.count,
    ) % {"count": row.count}


def _no_common_hours(row: MatchShortfall) -> str:
    text = _(
        "%(count)s of %(suiting)s suitable companies have no free time in common with it. Check its working hours, "
        "holidays and absences, or add meeting times when both sides are at work."
    )
    return text % _counts(row)


def _no_language(row: MatchShortfall) -> str:
    text = _(
        "%(count)s of %(suiting)s suitable companies share no language with it, and nobody interprets between the two "
        "at the fair (those on call do not count). Enter who interprets between these languages, or which languages "
        "the people of the companies speak."
    )
    return text % _counts(row)


def _few_suit(row: MatchShortfall) -> str:
    return ngettext(
        "Only %(count)s suitable company was found for it. Widen what it sells or looks for.",
        "Only %(count)s suitable companies were found for it. Widen what it sells or looks for.",
        row.suiting,
    ) % {"count": row.suiting}


def _others_full(row: MatchShortfall) -> str:
    return _("The companies that suit it have no meetings left. Raise the number of meetings, or recruit more of them.")


def _counts(row: MatchShortfall) -> dict[str, int]:
    return {"count": row.count, "suiting": row.suiting}


_BELOW: Mapping[Code | str, Callable[[MatchShortfall], str]] = {
    "nothing_said": _nothing_said,
    "nobody_suits": _nobody_suits,
    "few_slots": _few_slots,
    "no_common_hours": _no_common_hours,
    "no_language": _no_language,
    "few_suit": _few_suit,
    "others_full": _others_full,
}
