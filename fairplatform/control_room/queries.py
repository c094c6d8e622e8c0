"""What the head of the control room shows: sums by kind of outcome, and the newest agreed outcomes."""

from dataclasses import dataclass

from fairplatform.fairs.models import Fair
from meetings.figures.counting import Figures
from meetings.models import Outcome, OutcomeVersion
from meetings.outcomes.queries import agreed_outcomes

LATEST = 6
Kind = OutcomeVersion.Kind


@dataclass(frozen=True)
class KindFigure:
    """Agreed outcomes of one kind: how many they are, and the sum of their amounts in one currency.

    `hidden`: how many amounts the sum is without, because a side hides them.
    """

    label: str
    count: int
    currency: str = ""
    amount_minor: int | None = None
    hidden: int = 0


def latest_agreed(fair: Fair) -> list[Outcome]:
    """The newest agreed outcomes with the names of both companies."""
    return list(agreed_outcomes(fair).select_related("meeting__exhibitor__company", "meeting__buyer__company")[:LATEST])


def kinds_with_amount(figures: Figures) -> list[KindFigure]:
    """One figure for each kind and currency that has an amount; kinds and currencies are never added together."""
    return [
        KindFigure(str(kind.label), agreed.count, agreed.currency, agreed.amount_minor, agreed.hidden)
        for kind in Kind
        for agreed in figures.money
        if agreed.kind == kind
    ]


def kinds_without_amount(figures: Figures) -> list[KindFigure]:
    """How many agreed outcomes of each kind have no amount."""
    return [
        KindFigure(str(kind.label), agreed.count)
        for kind in Kind
        for agreed in figures.agreed
        if agreed.kind == kind and agreed.amount_minor is None
    ]
