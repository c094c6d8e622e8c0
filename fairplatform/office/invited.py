"""People who are only invited: what the organisers of a fair know of them is in the registration alone.

Their account is another fair's. Whatever is searched, shown, filtered or sorted here would tell something about it.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from fairplatform.fairs.models import Fair, Registration
from fairplatform.i18n.text import LANGUAGES, Translated


def invited(fair: Fair) -> "QuerySet[Registration]":
    return Registration.objects.filter(fair=fair).invited()


def invited_name(registration: Registration) -> Translated:
    """The name that the organiser wrote."""
    called = {"en": registration.key or f"#{registration.user_id}"}
    return Translated(offer.name if (offer := registration.offer) and offer.name else called)


def has_words(words: str) -> Q:
    """The words occur in the organiser's key or name for the person."""
    matches = Q(key__icontains=words)
    for language in LANGUAGES:
        matches |= Q(**{f"invitation__name__{language}__icontains": words})
    return matches


def in_role(role: str) -> Q:
    return Q(invitation__role=role)


def of_unit(fair: Fair, unit: int) -> Q:
    """Invited for the unit, or for one of its companies."""
    return Q(invitation__unit=unit) | at_companies(fair.participations.filter(unit=unit).values_list("pk", flat=True))


def at_companies(participations: Iterable[int]) -> Q:
    return Q(invitation__company__in=list(participations))
