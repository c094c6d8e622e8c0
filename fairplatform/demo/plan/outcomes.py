"""The outcomes of the 132 held meetings: 96 agreed, 24 stated by one side, 4 differing, 8 not stated yet."""

from dataclasses import replace
from random import Random

from ..content.text import ENGLISH
from .entities import DemoCompany, DemoProduct
from .events import DemoMeeting, DemoOutcome, DemoStatement
from .matches import PERSONA_BUYER, PERSONA_EXHIBITOR
from .random_source import random_for
from .statements import StatementDrafter

AGREED, ONE_SIDE, DIFFERING, NONE = "agreed", "one_side", "differing", "none"
STATES = ((AGREED, 96), (ONE_SIDE, 24), (DIFFERING, 4), (NONE, 8))

# Kind and amount in whole USD of what both sides agreed; the first two go to the personas' two companies.
AGREED_WITH_AMOUNT = (
    *(("trial_order", usd) for usd in (28_400, 22_000, 18_600, 15_400, 12_000)),
    ("order", 48_600),
    ("letter_of_intent", 180_000),
    *(
        ("intended_deal", usd)
        for usd in (260_000, 210_000, 180_000, 150_000, 126_000, 110_000, 88_000, 72_000, 54_000, 36_000)
    ),
)
AGREED_WITHOUT_AMOUNT = (("sample", 21), ("quotation", 20), ("contact", 23), ("no_fit", 14))
# What only one side has stated: first an order in whole CNY, at the demonstration's rate in fen for one USD.
CNY_ORDER = 212_700
CNY_RATE = 709
ONE_SIDE_WITH_AMOUNT = (
    ("intended_deal", 64_000),
    ("intended_deal", 45_000),
    ("intended_deal", 38_500),
    ("trial_order", 14_200),
    ("trial_order", 9_800),
    ("trial_order", 7_500),
)
ONE_SIDE_WITHOUT_AMOUNT = (("sample", 6), ("quotation", 6), ("contact", 5))
# Intended deals with a band, in whole USD: its upper end by its lower. One that a single side has stated is hidden.
BANDS = {180_000: 240_000, 110_000: 150_000, 54_000: 70_000, 45_000: 60_000}
HIDDEN = ("intended_deal", 38_500)
DISPUTED = (31_500, 30_150)  # whole USD, as the exhibitor and as the buyer states it

# The states of the held meetings of the personas' companies, in the order of time.
PERSONA_STATES = {
    PERSONA_EXHIBITOR: (AGREED, DIFFERING, ONE_SIDE, NONE),
    PERSONA_BUYER: (AGREED, NONE, ONE_SIDE, ONE_SIDE),
}
PUNJAB_CITIES = frozenset({"Lahore", "Gujranwala", "Faisalabad", "Sialkot", "Rawalpindi"})

Statements = dict[str, DemoStatement]
"""Statements by the key of their meeting."""
Sides = tuple[DemoStatement | None, DemoStatement | None]
"""The statement of the exhibitor and that of the buyer."""


def outcomes(
    meetings: tuple[DemoMeeting, ...],
    companies: dict[str, DemoCompany],
    products: tuple[DemoProduct, ...],
    seed: int,
) -> tuple[DemoOutcome, ...]:
    """One for each held meeting, in the order of the meetings."""
    held = {meeting.key: meeting for meeting in meetings if meeting.state == "held"}
    random = random_for(seed, "outcomes")
    groups = _by_state(list(held.values()), random)
    statements = _StatementsByState(groups, companies, StatementDrafter(companies, products, random))
    states = {meeting.key: state for state, group in groups.items() for meeting in group}
    sides: dict[str, Sides] = {key: (stated, stated) for key, stated in statements.agreed().items()}
    sides |= {key: _one_side(held[key], stated, random) for key, stated in statements.one_side().items()}
    sides |= statements.differing()
    drafts = statements.drafts()
    return tuple(
        _outcome(meeting, states[key], sides.get(key, (None, None)), drafts.get(key), random_for(seed, key))
        for key, meeting in held.items()
    )


def _by_state(held: list[DemoMeeting], random: Random) -> dict[str, list[DemoMeeting]]:
    """The meetings of each state, those of the personas' companies first."""
    groups: dict[str, list[DemoMeeting]] = {state: [] for state, _ in STATES}
    for firm, states in PERSONA_STATES.items():
        own = [meeting for meeting in held if firm in {meeting.buyer, meeting.exhibitor}]
        for meeting, state in zip(own, states, strict=True):
            groups[state].append(meeting)
    placed = {meeting.key for group in groups.values() for meeting in group}
    rest = [meeting for meeting in held if meeting.key not in placed]
    random.shuffle(rest)
    for state, number in STATES:
        while len(groups[state]) < number:
            groups[state].append(rest.pop())
    return groups


class _StatementsByState:
    """Draws the statements of the meetings, state by state."""

    def __init__(
        self,
        groups: dict[str, list[DemoMeeting]],
        companies: dict[str, DemoCompany],
        drafter: StatementDrafter,
    ) -> None:
        self._groups = groups
        self._companies = companies
        self._drafter = drafter

    def agreed(self) -> Statements:
        """First the amounts, where an exhibitor's products come to them; then one memorandum; then all the rest."""
        left = list(self._groups[AGREED])
        stated: Statements = {}
        for kind, usd in AGREED_WITH_AMOUNT:
            self._add_with_amount(left, stated, kind, usd * 100)
        for meeting in left:
            memorandum = self._drafter.memorandum(meeting.exhibitor)
            if memorandum and self._companies[meeting.buyer].city[ENGLISH] in PUNJAB_CITIES:
                stated[meeting.key] = memorandum
                left.remove(meeting)
                break
        self._add_without_amount(left, stated, AGREED_WITHOUT_AMOUNT)
        return stated

    def one_side(self) -> Statements:
        """What one side has stated. The persona buyer's meetings come first: one has the order in CNY to confirm."""
        left = sorted(self._groups[ONE_SIDE], key=lambda meeting: meeting.buyer != PERSONA_BUYER)
        stated: Statements = {}
        self._add_with_amount(left, stated, "order", CNY_ORDER * 100, rate=CNY_RATE)
        for kind, usd in ONE_SIDE_WITH_AMOUNT:
            self._add_with_amount(left, stated, kind, usd * 100)
        self._add_without_amount(left, stated, ONE_SIDE_WITHOUT_AMOUNT)
        return stated

    def differing(self) -> dict[str, Sides]:
        """Four pairs of statements that differ in the amount, the quantity, the date and the kind."""
        first, second, third, fourth = self._groups[DIFFERING]
        of_exhibitor: Statements = {}
        self._add_with_amount([first], of_exhibitor, "trial_order", DISPUTED[0] * 100)
        amount = of_exhibitor[first.key]
        quantity, date, kind = (
            self._drafter.without_amount(m.exhibitor, word)
            for m, word in ((second, "quotation"), (third, "contact"), (fourth, "quotation"))
        )
        return {
            first.key: (amount, replace(amount, amount_minor=DISPUTED[1] * 100)),
            second.key: (quantity, replace(quantity, quantity=(quantity.quantity or 1) * 2)),
            third.key: (date, replace(date, next_due_days=(date.next_due_days or 0) + 7)),
            fourth.key: (
                kind,
                replace(kind, kind="contact", quantity=None, unit=None, incoterm=None, place=None, payment=None),
            ),
        }

    def drafts(self) -> Statements:
        """What interpreters drafted of two meetings whose outcome no side has stated."""
        own = sorted(self._groups[NONE], key=lambda meeting: meeting.buyer != PERSONA_BUYER)
        interpreted = [meeting for meeting in own if meeting.interpreter][:2]
        return {meeting.key: self._drafter.without_amount(meeting.exhibitor, "quotation") for meeting in interpreted}

    def _add_with_amount(
        self, left: list[DemoMeeting], stated: Statements, kind: str, amount_minor: int, rate: int = 100
    ) -> None:
        for meeting in left:
            deal = self._drafter.with_amount(meeting.exhibitor, kind, amount_minor, rate)
            if deal:
                highest = BANDS.get(amount_minor // 100) if kind == "intended_deal" else None
                stated[meeting.key] = replace(deal, highest_minor=highest * 100 if highest else None)
                left.remove(meeting)
                return
        raise ValueError(f"no products cost {amount_minor} for {kind}: choose another seed")

    def _add_without_amount(
        self, left: list[DemoMeeting], stated: Statements, kinds: tuple[tuple[str, int], ...]
    ) -> None:
        """The rest in the order of `kinds`, light goods first: nobody sends a lathe as a sample."""
        left.sort(key=lambda meeting: self._companies[meeting.exhibitor].sells_machines)
        words = [kind for kind, number in kinds for _ in range(number)]
        for meeting, kind in zip(left, words, strict=True):
            stated[meeting.key] = self._drafter.without_amount(meeting.exhibitor, kind)


def _one_side(meeting: DemoMeeting, stated: DemoStatement, random: Random) -> Sides:
    """Of the personas' meetings the other side has stated it, of others the exhibitor in three of five."""
    if meeting.buyer == PERSONA_BUYER:
        return stated, None
    if meeting.exhibitor == PERSONA_EXHIBITOR or random.random() < 0.4:
        return None, stated
    return stated, None


def _outcome(
    meeting: DemoMeeting,
    state: str,
    sides: Sides,
    draft: DemoStatement | None,
    random: Random,
) -> DemoOutcome:
    exhibitor, buyer = sides
    stated = [(one.kind, one.amount_minor) for one in sides if one]
    return DemoOutcome(
        meeting=meeting.key,
        state=state,
        exhibitor=exhibitor,
        exhibitor_by=meeting.people[0] if exhibitor else None,
        exhibitor_at=random.randint(1320, 1600) if exhibitor else None,
        buyer=buyer,
        buyer_by=meeting.people[1] if buyer else None,
        buyer_at=random.randint(1500, 1880) if buyer else None,
        draft=draft,
        draft_by=meeting.interpreter if draft else None,
        hides_amount=state == ONE_SIDE and stated == [(HIDDEN[0], HIDDEN[1] * 100)],
    )
