"""The outcomes of the 132 held meetings: 96 agreed, 24 said by one side, 4 differing, 8 not yet said."""

from dataclasses import replace
from random import Random

from .bargains import Bargains
from .buyers import DEMO_BUYER
from .chance import chance
from .content.halls import HEAVY
from .encounters import DemoMeeting, DemoOutcome, DemoStatement
from .exhibitors import DEMO_EXHIBITOR
from .shapes import DemoCompany, DemoProduct

AGREED, ONE_SIDE, DIFFERING, NONE = "agreed", "one_side", "differing", "none"
STATES = ((AGREED, 96), (ONE_SIDE, 24), (DIFFERING, 4), (NONE, 8))

# The money both sides confirmed, in whole USD: the first two stand in the diaries of the visitor's two firms.
DEALS = (
    *(("trial_order", usd) for usd in (28_400, 22_000, 18_600, 15_400, 12_000)),
    ("order", 48_600),
    ("letter_of_intent", 180_000),
    *(
        ("intended_deal", usd)
        for usd in (260_000, 210_000, 180_000, 150_000, 126_000, 110_000, 88_000, 72_000, 54_000, 36_000)
    ),
)
TALKS = (("sample", 21), ("quotation", 20), ("contact", 23), ("no_fit", 14))
# What one side alone has said so far; the first is an order in CNY, at the demonstration's rate.
CNY_ORDER = 212_700
CNY_RATE = 709
SAID_DEALS = (
    ("intended_deal", 64_000),
    ("intended_deal", 45_000),
    ("intended_deal", 38_500),
    ("trial_order", 14_200),
    ("trial_order", 9_800),
    ("trial_order", 7_500),
)
SAID_TALKS = (("sample", 6), ("quotation", 6), ("contact", 5))
DISPUTED = (31_500, 30_150)

# The state of the visitor's own meetings, in the order of time.
VISITORS = {
    DEMO_EXHIBITOR: (AGREED, DIFFERING, ONE_SIDE, NONE),
    DEMO_BUYER: (AGREED, NONE, ONE_SIDE, ONE_SIDE),
}
PUNJAB = frozenset({"lahore", "gujranwala", "faisalabad", "sialkot", "rawalpindi"})

Said = dict[str, DemoStatement]
"""Statements by the key of their meeting."""
Sides = tuple[DemoStatement | None, DemoStatement | None]
"""What the exhibitor says and what the buyer says."""


def outcomes(
    meetings: tuple[DemoMeeting, ...],
    companies: dict[str, DemoCompany],
    products: tuple[DemoProduct, ...],
    seed: int,
) -> tuple[DemoOutcome, ...]:
    """One for each held meeting, in the order of the meetings."""
    held = {meeting.key: meeting for meeting in meetings if meeting.state == "held"}
    random = chance(seed, "outcomes")
    groups = _by_state(list(held.values()), random)
    drawer = _Drawer(groups, companies, Bargains(companies, products, random))
    states = {meeting.key: state for state, group in groups.items() for meeting in group}
    sides: dict[str, Sides] = {key: (said, said) for key, said in drawer.agreed().items()}
    sides |= {key: _one_side(held[key], said, random) for key, said in drawer.alone().items()}
    sides |= drawer.differing()
    drafts = drawer.drafts()
    return tuple(
        _outcome(meeting, states[key], sides.get(key, (None, None)), drafts.get(key), chance(seed, key))
        for key, meeting in held.items()
    )


def _by_state(held: list[DemoMeeting], random: Random) -> dict[str, list[DemoMeeting]]:
    """The meetings of each state, the visitor's own first."""
    groups: dict[str, list[DemoMeeting]] = {state: [] for state, _ in STATES}
    for firm, states in VISITORS.items():
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


class _Drawer:
    """Gives each meeting of a state its statement."""

    def __init__(
        self,
        groups: dict[str, list[DemoMeeting]],
        companies: dict[str, DemoCompany],
        bargains: Bargains,
    ) -> None:
        self._groups = groups
        self._companies = companies
        self._bargains = bargains

    def agreed(self) -> Said:
        """Money first, where an exhibitor's goods come to the sum; then one memorandum; then what was talked about."""
        left = list(self._groups[AGREED])
        said: Said = {}
        for kind, usd in DEALS:
            self._deal(left, said, kind, usd * 100)
        for meeting in left:
            memorandum = self._bargains.memorandum(meeting.exhibitor)
            if memorandum and self._companies[meeting.buyer].city.key in PUNJAB:
                said[meeting.key] = memorandum
                left.remove(meeting)
                break
        self._talks(left, said, TALKS)
        return said

    def alone(self) -> Said:
        """The visitor's firms wait to confirm first of all: for the buyer, an order in CNY."""
        left = sorted(self._groups[ONE_SIDE], key=lambda meeting: meeting.buyer != DEMO_BUYER)
        said: Said = {}
        self._deal(left, said, "order", CNY_ORDER * 100, rate=CNY_RATE)
        for kind, usd in SAID_DEALS:
            self._deal(left, said, kind, usd * 100)
        self._talks(left, said, SAID_TALKS)
        return said

    def differing(self) -> dict[str, Sides]:
        """What the exhibitor says and what the buyer says: amount, quantity, date, kind."""
        first, second, third, fourth = self._groups[DIFFERING]
        ours: Said = {}
        self._deal([first], ours, "trial_order", DISPUTED[0] * 100)
        amount = ours[first.key]
        quantity, date, kind = (
            self._bargains.talk(m.exhibitor, word)
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

    def drafts(self) -> Said:
        """Two of the unsaid ones were drafted by their interpreter."""
        own = sorted(self._groups[NONE], key=lambda meeting: meeting.buyer != DEMO_BUYER)
        able = [meeting for meeting in own if meeting.interpreter]
        return {meeting.key: self._bargains.talk(meeting.exhibitor, "quotation") for meeting in able[:2]}

    def _deal(self, left: list[DemoMeeting], said: Said, kind: str, amount_minor: int, rate: int = 100) -> None:
        for meeting in left:
            deal = self._bargains.deal(meeting.exhibitor, kind, amount_minor, rate)
            if deal:
                said[meeting.key] = deal
                left.remove(meeting)
                return
        raise ValueError(f"no goods come to {amount_minor} for {kind}: choose another seed")

    def _talks(self, left: list[DemoMeeting], said: Said, kinds: tuple[tuple[str, int], ...]) -> None:
        """Nobody sends a lathe as a sample."""
        left.sort(key=lambda meeting: self._companies[meeting.exhibitor].hall in HEAVY)
        words = [kind for kind, number in kinds for _ in range(number)]
        for meeting, kind in zip(left, words, strict=True):
            said[meeting.key] = self._bargains.talk(meeting.exhibitor, kind)


def _one_side(meeting: DemoMeeting, said: DemoStatement, random: Random) -> Sides:
    """The other side of the visitor's own meetings has spoken; elsewhere mostly the exhibitor."""
    if meeting.buyer == DEMO_BUYER:
        return said, None
    if meeting.exhibitor == DEMO_EXHIBITOR or random.random() < 0.4:
        return None, said
    return said, None


def _outcome(
    meeting: DemoMeeting,
    state: str,
    sides: Sides,
    draft: DemoStatement | None,
    random: Random,
) -> DemoOutcome:
    exhibitor, buyer = sides
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
    )
