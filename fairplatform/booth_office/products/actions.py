"""What the people of an exhibitor do with their company's products.

A product without a display is not shown: nobody but the company's own people sees it.
"""

from django.db import transaction

from booths.attachments import keep_cover, room
from booths.models import Attachment, Display, Product
from booths.own_booth import lock_own
from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.files.actions import give
from fairplatform.files.models import Rendition

from ..forms.product import show_at
from ..own_products import own_product


@transaction.atomic
def copy_product(actor: Actor, *, fair: str, product: int) -> Product:
    """One that is not shown, with everything but the article number, which no two of a company share.

    Its pictures and documents are its own. Raises Refused("company_full") where the company has no room for them.
    """
    copied = own_product(lock_own(actor, "booth.keep", fair), product)
    copied.pk, copied.article, copied.picture, copied._state.adding = None, "", None, True
    copied.save()
    for attachment in Attachment.objects.filter(product=product).select_related("file").order_by("pk"):
        _copy_attachment(attachment, copied)
    keep_cover(copied)
    if room(copied.company) < 0:
        raise Refused("company_full")
    return copied


def _copy_attachment(attachment: Attachment, product: Product) -> None:
    """Rows of its own for content that is stored once."""
    file = attachment.file
    renditions = list(file.renditions.all())
    file.pk, file._state.adding = None, True
    file.save()
    for rendition in renditions:
        rendition.pk, rendition.file, rendition._state.adding = None, file, True
    Rendition.objects.bulk_create(renditions)
    attachment.pk, attachment.product, attachment.file, attachment._state.adding = None, product, file, True
    attachment.save()
    give(file, attachment)


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
