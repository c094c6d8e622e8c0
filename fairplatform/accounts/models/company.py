"""A company and the people who work for it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.fields import TranslatedField

from ..locations import CITY_CHOICES, COUNTRY_CHOICES


class Company(models.Model):
    """A company with its texts in up to three languages. Its products belong to it, not to a fair."""

    class Kind(models.TextChoices):
        MANUFACTURER = "manufacturer", _("Manufacturer")
        TRADER = "trader", _("Trading company")
        BOTH = "both", _("Manufacturer and trading company")
        IMPORTER = "importer", _("Importer and wholesaler")
        DISTRIBUTOR = "distributor", _("Distributor or agent")
        USER = "user", _("Manufacturer buying machines and parts")
        RETAIL = "retail", _("Retail chain")
        CONTRACTOR = "contractor", _("Contractor")
        ASSOCIATION = "association", _("Association buying group")

    name = TranslatedField()
    slug = models.SlugField(max_length=80, unique=True)
    tagline = TranslatedField()
    story = TranslatedField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    country = models.CharField(max_length=2, choices=COUNTRY_CHOICES)
    city = models.CharField(max_length=20, choices=CITY_CHOICES)
    address = TranslatedField()
    registration = models.CharField(max_length=40, blank=True)
    founded = models.PositiveSmallIntegerField(null=True, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    is_new_to_partner_country = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "companies"
        ordering: ClassVar[list[str]] = ["slug"]

    def __str__(self) -> str:
        return str(self.name)


class Staff(models.Model):
    """A person who works for a company, and in which position."""

    class Position(models.TextChoices):
        CHIEF_EXECUTIVE = "chief_executive", _("Chief Executive")
        MANAGING_DIRECTOR = "managing_director", _("Managing Director")
        PROPRIETOR = "proprietor", _("Proprietor")
        MANAGING_PARTNER = "managing_partner", _("Managing Partner")
        GENERAL_MANAGER = "general_manager", _("General Manager")
        CHAIRMAN = "chairman", _("Chairman")
        EXPORT_MANAGER = "export_manager", _("Export Manager")
        SALES = "sales", _("Sales Officer")
        FACTORY_MANAGER = "factory_manager", _("Factory Manager")
        ENGINEER = "engineer", _("Technical Engineer")
        PROCUREMENT_MANAGER = "procurement_manager", _("Procurement Manager")
        DIRECTOR_IMPORTS = "director_imports", _("Director Imports")
        BUSINESS_DEVELOPMENT = "business_development", _("Business Development Manager")

    CHIEF_EXECUTIVES = (
        Position.CHIEF_EXECUTIVE,
        Position.MANAGING_DIRECTOR,
        Position.PROPRIETOR,
        Position.MANAGING_PARTNER,
    )

    company = models.ForeignKey(Company, models.CASCADE, related_name="staff")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="positions")
    position = models.CharField(max_length=24, choices=Position.choices)
    is_manager = models.BooleanField(default=False)
    is_lead = models.BooleanField(default=False, help_text="the person a fair counts as the company's purchaser")
    languages = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["company", "user"], name="staff_once_per_company"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.company}"
