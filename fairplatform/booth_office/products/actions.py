"""What the people of an exhibitor do with their company's products.

A product without a display is not shown: nobody but the company's own people sees it.
"""

from django.db import transaction

from booths.models import Display, Product
from booths.own_booth import lock_own
from fairplatform.accounts.actor import Actor

from ..forms.product import show_at
from ..own_products import own_product


@transaction.atomic
def copy_product(actor: Actor, *, fair: str, product: int) -> Product:
    """One that is not shown, with everything but the article number, which no two of a company share."""
    copied = own_product(lock_own(actor, "booth.keep", fair), product)
    copied.pk, copied.article, copied._state.adding = None, "", True
    copied.save()
    return copied


@transaction.atomic
def show_product(actor: Actor, *, fair: str, product: int, is_shown: bool) -> Product:
    """Shows the product at the booth, or takes it from there."""
    booth = lock_own(actor, "booth.keep", fair)
    row = own_product(booth, product)
    if is_shown:
        show_at(booth, row)
    else:
        booth.displays.filter(product=row).delete()
    return row


@transaction.atomic
def remove_product(actor: Actor, *, fair: str, product: int) -> None:
    """Removes it from the company, and so from every fair."""
    own_product(lock_own(actor, "booth.keep", fair), product).delete()


@transaction.atomic
def move_product(actor: Actor, *, fair: str, product: int, to: str) -> None:
    """Moves a shown product `up` or `down` by one place, or to the `top`."""
    booth = lock_own(actor, "booth.keep", fair)
    row = own_product(booth, product)
    displays = list(booth.displays.order_by("rank", "pk"))
    at = next((place for place, one in enumerate(displays) if one.product_id == row.pk), None)
    if at is None:
        return
    place = {"up": max(at - 1, 0), "down": min(at + 1, len(displays) - 1), "top": 0}.get(to, at)
    displays.insert(place, displays.pop(at))
    ranked = [(rank, display) for rank, display in enumerate(displays) if display.rank != rank]
    for rank, display in ranked:
        display.rank = rank
    Display.objects.bulk_update((display for _rank, display in ranked), ["rank"])
