"""The booth of a company that sells: created with its hall, moved with it."""

from django.db.models import Max

from booths.models import Booth
from fairplatform.fairs.models import Hall, Participation


def booth_of(participation: Participation) -> Booth | None:
    return Booth.objects.filter(participation=participation.pk).first() if participation.pk else None


def holder(hall: Hall, number: int, participation: Participation) -> Booth | None:
    """The booth of another company at this place."""
    taken = Booth.objects.filter(hall=hall, number=number).exclude(participation=participation.pk)
    return taken.select_related("participation__company").first()


def is_in_use(booth: Booth) -> bool:
    """Whether something would be lost with the booth."""
    return booth.displays.exists() or booth.inquiries.exists() or booth.visits.exists()


def place_booth(participation: Participation, number: int | None = None) -> None:
    """The booth as the participation says: at its hall if the company sells and has one, else none.

    Without a number a booth keeps its own while it stays in its hall, and else gets the next one of the hall.
    """
    booth = booth_of(participation)
    hall = participation.hall
    if not participation.sells or hall is None:
        if booth is not None:
            booth.delete()
        return
    if booth is None:
        booth = Booth(fair=participation.fair, participation=participation, slug=participation.company.slug)
    if number is None and booth.pk and booth.hall_id == hall.pk:
        number = booth.number
    booth.hall = hall
    booth.number = number or (Booth.objects.filter(hall=hall).aggregate(last=Max("number"))["last"] or 0) + 1
    booth.save()
