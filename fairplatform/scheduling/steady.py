"""One interpreter for a buyer and day, where that is possible: interpreters are exchanged, and no meeting is moved."""

from .draft import Draft
from .grid import bits


def keep_interpreters(draft: Draft) -> None:
    """Until no exchange lets the buyers of a day have fewer interpreters, or as many and the exhibitors fewer.

    A meeting's `other` is the buyer. The meetings that have an interpreter stay the same, and so do their times.
    """
    is_better = True
    while is_better:
        is_better = False
        for number in range(len(draft.who)):
            is_better |= draft.who[number] >= 0 and _is_exchanged(draft, number)


def _is_exchanged(draft: Draft, number: int) -> bool:
    """Gives a meeting an interpreter whom one of its parties has on that day anyway, if that is better."""
    cell, own = draft.at[number], draft.who[number]
    day = draft.grid.days[draft.grid.day[cell]]
    for who in sorted(draft.known(number, day) & set(draft.grid.able[number]) - {own}):
        other = draft.works[who].get(cell, -1)
        meetings = [number] if other < 0 else [number, other]
        before = different(draft, meetings, day)
        if _exchange(draft, meetings, [who, own]):
            if different(draft, meetings, day) < before:
                return True
            _exchange(draft, meetings, [own, who])
    return False


def _exchange(draft: Draft, meetings: list[int], people: list[int]) -> bool:
    """Gives one or two meetings of a cell these interpreters; where that cannot be, all is as it was."""
    had = [draft.who[number] for number in meetings]
    for number, who in zip(meetings, had, strict=True):
        draft.dismiss(number, draft.at[number], who)
    given = list(zip(meetings, people, strict=False))
    is_possible = all(who in draft.grid.able[m] and draft.free[who] >> draft.at[m] & 1 for m, who in given)
    for number, who in given if is_possible else zip(meetings, had, strict=True):
        draft.assign(number, who)
    return is_possible


def different(draft: Draft, meetings: list[int], day: int) -> tuple[int, int]:
    """How many interpreters the buyers of these meetings have on a day, together, and how many the exhibitors."""
    ends = draft.grid.ends

    def of(end: int) -> int:
        found = {
            (party, draft.who[number])
            for party in {ends[meeting][end] for meeting in meetings}
            for cell in bits(draft.busy[party] & day)
            for number in draft.held[party][cell]
            if ends[number][end] == party and draft.who[number] >= 0
        }
        return len(found)

    return of(1), of(0)
