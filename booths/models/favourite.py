"""What a person has marked in a fair to come back to."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

from fairplatform.i18n.fields import TranslatedField
from fairplatform.policy import Role

if TYPE_CHECKING:
    from fairplatform.accounts.models import Viewer

LONGEST_NOTE = 500


class FavouriteQuerySet(models.QuerySet["Favourite"]):
    def visible_to(self, person: "Viewer") -> "FavouriteQuerySet":
        """A person's own: nobody else sees what they are interested in, not even an organiser."""
        return self.filter(user=person.pk) if person.is_active else self.none()


class Favourite(models.Model):
    """A booth or a product that somebody has marked, with a note of their own. It stays when the booth closes.

    `name`: of the product when it was marked. What a product that is shown no longer is called by now is not told.
    """

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="favourites")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="favourites")
    booth = models.ForeignKey("booths.Booth", models.CASCADE, null=True, blank=True, related_name="favourites")
    product = models.ForeignKey("booths.Product", models.CASCADE, null=True, blank=True, related_name="favourites")
    name = TranslatedField()
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    marked_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[FavouriteQuerySet] = FavouriteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "booth"], condition=models.Q(booth__isnull=False), name="favourite_booth_once"
            ),
            models.UniqueConstraint(
                fields=["fair", "user", "product"],
                condition=models.Q(product__isnull=False),
                name="favourite_product_once_per_fair",
            ),
            models.CheckConstraint(
                condition=models.Q(booth__isnull=True) ^ models.Q(product__isnull=True),
                name="favourite_booth_or_product",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} marked {self.booth_id or self.product_id}"

    def roles_of(self, person: "Viewer") -> frozenset[Role]:
        return frozenset({Role.SELF}) if person.is_active and self.user_id == person.pk else frozenset()
