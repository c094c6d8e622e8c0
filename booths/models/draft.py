"""What the people of an exhibitor have typed and not published yet."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Draft(models.Model):
    """The unpublished changes of a company's booth, of one of its products, or of a product that is new.

    Only the company's own people see it. `typed`: by the name of an input its text, who typed it, and when.
    """

    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="drafts")
    product = models.OneToOneField("booths.Product", models.CASCADE, null=True, blank=True, related_name="draft")
    new_by = models.ForeignKey(
        "accounts.User", models.CASCADE, null=True, blank=True, related_name="+", help_text="whose new product it is"
    )
    typed = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(product__isnull=True) | Q(new_by__isnull=True), name="draft_is_of_one_thing"
            ),
            models.UniqueConstraint(
                fields=["company"], condition=Q(product=None, new_by=None), name="draft_of_booth_once"
            ),
            models.UniqueConstraint(
                fields=["company", "new_by"], condition=Q(new_by__isnull=False), name="draft_of_new_product_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company_id} {self.product_id or self.new_by_id or ''}"
