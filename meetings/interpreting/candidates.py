"""Who of a fair's interpreters could interpret between two companies in a slot, and why the others cannot."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation, Slot
from meetings.matching.languages import Tongues
from meetings.schedule.interpreters import Interpreters

HINDRANCES: dict[str, Promise] = {
    "languages": _("does not interpret between these languages"),
    "booked": _("has another meeting or a break then"),
    "absent": _("is absent then"),
    "rest": _("would have too little rest"),
    "minutes": _("would have more minutes than they may on this day"),
}


@dataclass(frozen=True)
class Candidate:
    """`hindrance`: why they cannot, one of HINDRANCES; empty if they can. `fits`: they are known to interpret between
    these languages. `minutes`: what they have on the day without this meeting; `most`: what they may.
    """

    user: User
    hindrance: str
    fits: bool
    on_call: bool
    minutes: int
    most: int | None

    @property
    def why_not(self) -> Promise | str:
        return HINDRANCES.get(self.hindrance, "")


def candidates(
    exhibitor: Participation, buyer: Participation, slot: Slot, *, but: int | None = None
) -> list[Candidate]:
    """All of the fair, those who can before those who cannot; `but`: the meeting that is theirs to take.

    Of those who can: the ones known to speak the languages first, then the ones with the least work on the day.
    An interpreter of whom no languages are known is not hindered by that.
    """
    fair = slot.fair
    tongues = Tongues(fair, (exhibitor, buyer))
    one, other = (tongues.of(company.pk).languages for company in (exhibitor, buyer))
    people = User.objects.in_bulk([who.user for who in tongues.interpreters])
    work = Interpreters(fair, list(people), but=but)
    found = []
    for who in tongues.interpreters:
        fits = who.interprets(one, other)
        hindrance = "languages" if who.pairs and not fits else work.hindrance(who.user, slot)
        minutes = work.minutes(who.user, slot.day_id)
        found.append(Candidate(people[who.user], hindrance, fits, who.on_call, minutes, who.max_minutes_a_day))
    return sorted(found, key=lambda one: (bool(one.hindrance), one.on_call, not one.fits, one.minutes, one.user.pk))


def free_interpreter(
    exhibitor: Participation,
    buyer: Participation,
    slot: Slot,
    *,
    but: int | None = None,
    preferred: Collection[int] = (),
) -> User | None:
    """The first who can, the `preferred` before others. Those on call have no meetings, unless they are preferred.

    `but`: as for `candidates`.
    """
    every = [one for one in candidates(exhibitor, buyer, slot, but=but) if not one.hindrance]
    stays = next((one.user for one in every if one.user.pk in preferred), None)
    return stays or next((one.user for one in every if not one.on_call), None)
