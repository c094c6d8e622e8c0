"""The beginning of a fair: an empty draft with the person who organises it."""

from datetime import datetime

from django.db import transaction

from fairplatform.accounts.models import User
from fairplatform.i18n.text import guess_language
from fairplatform.i18n.times import Place

from .models import Fair, Registration, RoleAssignment


@transaction.atomic
def make_draft(
    *, slug: str, name: str, organiser: User, now: datetime, places: tuple[Place, Place] | None = None
) -> Fair:
    """A fair that only this person can see. Its name, in whichever language it is written, may be changed later.

    `places`: of its exhibitors and its buyers; without them its organisers are asked.
    """
    fair = Fair(slug=slug, name={guess_language(name) or "en": name}, state=Fair.State.DRAFT)
    if places:
        fair.places = places
    fair.save(force_insert=True)
    give_organiser(fair, organiser, now)
    return fair


def give_organiser(fair: Fair, organiser: User, now: datetime) -> None:
    """Makes the person the first organiser of a new fair, which they are in without an invitation."""
    RoleAssignment.objects.create(fair=fair, user=organiser, role=RoleAssignment.Kind.ORGANISER)
    Registration.objects.create(fair=fair, user=organiser, accepted_at=now)
