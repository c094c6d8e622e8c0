"""The beginning of a fair: an empty draft with the person who organises it."""

from datetime import datetime

from django.db import transaction

from fairplatform.accounts.models import User
from fairplatform.i18n.text import guess_language

from .models import Fair, Registration, RoleAssignment


@transaction.atomic
def make_draft(*, slug: str, name: str, organiser: User, now: datetime) -> Fair:
    """A fair that only this person can see. Its name, in whichever language it is written, may be changed later."""
    fair = Fair.objects.create(slug=slug, name={guess_language(name) or "en": name}, state=Fair.State.DRAFT)
    give_organiser(fair, organiser, now)
    return fair


def give_organiser(fair: Fair, organiser: User, now: datetime) -> None:
    """Makes the person the first organiser of a new fair, which they are in without an invitation."""
    RoleAssignment.objects.create(fair=fair, user=organiser, role=RoleAssignment.Kind.ORGANISER)
    Registration.objects.create(fair=fair, user=organiser, accepted_at=now)
