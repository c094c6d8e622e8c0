"""What the form of a company has to know of its booth, and of the one at the place it is to have."""

from booths.models import Booth
from fairplatform.fairs.models import Hall, Participation


def booth_of(participation: Participation) -> Booth | None:
    return Booth.objects.filter(participation=participation.pk).first() if participation.pk else None


def holder(hall: Hall, number: str, participation: Participation) -> Booth | None:
    """The booth of another company at this place."""
    taken = Booth.objects.filter(hall=hall, number=number).exclude(participation=participation.pk)
    return taken.select_related("participation__company").first()


def is_in_use(booth: Booth) -> bool:
    """Whether something would be lost with the booth."""
    return booth.displays.exists() or booth.inquiries.exists() or booth.visits.exists()
