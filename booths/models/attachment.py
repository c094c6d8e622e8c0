"""A picture or a document that a company shows: of itself, of one of its products, or of what it looks for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.models import Participation
from fairplatform.i18n.fields import TranslatedField
from fairplatform.policy import Role

from .booth import Booth
from .demand import Demand
from .product import Product

SINGLE = ("logo", "banner")  # of each a company has one at most


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, person: Viewer) -> "AttachmentQuerySet":
        """A product's: of the products a person sees. A company's: of the booths they see. Its own people: all of both.

        A logo is seen wherever its company is: buyers have one too, and no booth. A demand's are seen by those who see
        the demand, and by nobody else.
        """
        companies = Booth.objects.visible_to(person).values("participation__company")
        visible = models.Q(product__in=Product.objects.visible_to(person))
        visible |= models.Q(product__isnull=True, demand__isnull=True, company__in=companies)
        visible |= models.Q(place="logo", company__in=Participation.objects.visible_to(person).values("company"))
        visible |= models.Q(demand__in=Demand.objects.visible_to(person))
        if person.is_active:
            visible |= models.Q(demand__isnull=True, company__in=person.positions.values("company"))
        return self.filter(visible)


class Attachment(models.Model):
    """A file in its place at a company, one of its products or demands, with a title in up to three languages.

    It belongs to the company, which keeps it after the fair; every fair where it shows the product shows it too.
    """

    class Place(models.TextChoices):
        LOGO = "logo", _("Logo")
        BANNER = "banner", _("Banner")
        GALLERY = "gallery", _("Pictures")
        DOCUMENT = "document", _("Documents")

    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="attachments")
    product = models.ForeignKey(
        Product, models.CASCADE, null=True, blank=True, related_name="attachments", help_text="null: the company's own"
    )
    demand = models.ForeignKey(
        Demand, models.CASCADE, null=True, blank=True, related_name="attachments", help_text="null: it is of no demand"
    )
    place = models.CharField(max_length=8, choices=Place.choices)
    file = models.OneToOneField("files.File", models.CASCADE, related_name="+")
    title = TranslatedField()
    rank = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["rank", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["company", "place"], condition=models.Q(place__in=SINGLE), name="attachment_single_once"
            ),
            models.CheckConstraint(
                condition=models.Q(product__isnull=True) | ~models.Q(place__in=SINGLE),
                name="attachment_single_of_company",
            ),
            models.CheckConstraint(
                condition=models.Q(demand__isnull=True) | models.Q(product__isnull=True, place="gallery"),
                name="attachment_of_demand_is_picture",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title) or self.place

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        roles = {Role.PUBLIC} if self._is_shown_to(person) else set()
        if person.is_active and self.demand_id is None:
            position = person.positions.filter(company=self.company_id).values_list("is_manager", flat=True).first()
            roles |= set() if position is None else {Role.STAFF, Role.MANAGER} if position else {Role.STAFF}
        return frozenset(roles)

    def _is_shown_to(self, person: Viewer) -> bool:
        if self.demand_id is not None:
            return Demand.objects.filter(pk=self.demand_id).visible_to(person).exists()
        if self.product_id is not None:
            return Product.objects.filter(pk=self.product_id).visible_to(person).exists()
        taking_part = Participation.objects.visible_to(person).filter(company=self.company_id)
        if self.place == self.Place.LOGO and taking_part.exists():
            return True
        return Booth.objects.visible_to(person).filter(participation__company=self.company_id).exists()
