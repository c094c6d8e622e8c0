"""How satisfied companies were, in figures: of all of a fair's meetings that took place and are over."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from fairplatform.fairs.models import Fair
from meetings.figures.shares import average_hundredths, share_tenths
from meetings.models import Meeting, Satisfaction

from .queries import TOOK_PLACE

RATINGS = tuple(Satisfaction.Rating.values)


@dataclass(frozen=True)
class Counted:
    """`asked`: companies, once for each of their meetings; `distribution`: how many gave each rating.

    `right`, `wrong`: how many said that they met the right partner, or not; `because`: of the wrong ones, by reason.
    """

    asked: int
    distribution: dict[int, int]
    right: int
    wrong: int
    because: dict[str, int]

    @property
    def answered(self) -> int:
        return sum(self.distribution.values())

    @property
    def average(self) -> float | None:
        """Rounded to two decimals; None as long as nobody has answered."""
        total = sum(rating * number for rating, number in self.distribution.items())
        return average_hundredths(total, self.answered) / 100 if self.answered else None

    @property
    def right_percent(self) -> float | None:
        """Of those who said whether it was the right partner, rounded to one decimal."""
        said = self.right + self.wrong
        return share_tenths(self.right, said) / 10 if said else None


def answers(fair: Fair, now: datetime) -> QuerySet[Satisfaction]:
    """Those that count."""
    return Satisfaction.objects.filter(fair=fair, meeting__in=_asked(fair, now).values("pk"))


def count_satisfaction(fair: Fair, *, now: datetime) -> dict[str, Counted]:
    """Of exhibitors, of buyers and of `all`, each as the side that it was of its meeting; two queries."""
    meetings = _asked(fair, now).count()
    said = list(
        answers(fair, now).values_list(
            "rating", "right_partner", "because", F("meeting__exhibitor"), F("participation")
        )
    )
    sides = {
        "exhibitor": [row for row in said if row[3] == row[4]],
        "buyer": [row for row in said if row[3] != row[4]],
    }
    found = {side: _counted(meetings, (row[:3] for row in rows)) for side, rows in sides.items()}
    return found | {"all": _counted(2 * meetings, (row[:3] for row in said))}


def _asked(fair: Fair, now: datetime) -> QuerySet[Meeting]:
    return Meeting.objects.filter(TOOK_PLACE, fair=fair, slot__ends_at__lte=now).order_by()


def _counted(asked: int, said: Iterable[tuple[int, bool | None, str]]) -> Counted:
    ratings, rights, reasons = Counter[int](), Counter[bool | None](), Counter[str]()
    for rating, right, because in said:
        ratings[rating] += 1
        rights[right] += 1
        reasons[because] += because != ""
    return Counted(
        asked=asked,
        distribution={rating: ratings[rating] for rating in RATINGS},
        right=rights[True],
        wrong=rights[False],
        because={because: reasons[because] for because in Satisfaction.Because.values},
    )
