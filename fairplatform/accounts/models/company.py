"""A company and the people who work for it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.fields import TranslatedField

from ..locations import CITY_KEY_LENGTH, city_label, country_name


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
    legal_name = models.CharField(max_length=200, blank=True, help_text="as registered, where it differs from the name")
    kind = models.CharField(
        max_length=80, choices=Kind.choices, blank=True, help_text="one of the choices, or as written"
    )
    country = models.CharField(max_length=2, help_text="ISO 3166")
    city = models.CharField(
        max_length=CITY_KEY_LENGTH, help_text="key of the city: of the list in locations, or made of its name"
    )
    city_name = TranslatedField(help_text="where the city is not in the list")
    prefecture = models.CharField(max_length=80, blank=True)
    county = models.CharField(max_length=80, blank=True)
    address = TranslatedField()
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

    @property
    def country_label(self) -> str:
        """The country's name in the reader's language."""
        return country_name(self.country)

    @property
    def city_label(self) -> str:
        """The city's name in the reader's language, or as it was written."""
        return city_label(self.city, self.city_name)

    @property
    def registration(self) -> str:
        """The number under which the company is registered; empty where none was stated."""
        own = self.identifiers.filter(scheme=CompanyIdentifier.Scheme.REGISTRATION)
        return own.values_list("value", flat=True).first() or ""


class CompanyIdentifier(models.Model):
    """A number under which a register knows a company: of its registration, for taxes, of its chamber."""

    class Scheme(models.TextChoices):
        REGISTRATION = "registration", _("Registration number")
        TAX = "tax_number", _("Tax number")
        SALES_TAX = "sales_tax_number", _("Sales tax number")
        CUSTOMS = "customs_number", _("Customs registration number")
        CHAMBER = "chamber_number", _("Chamber membership number")

    company = models.ForeignKey(Company, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20, choices=Scheme.choices)
    value = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["company", "scheme"], name="identifier_once_per_company"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


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
    position = models.CharField(
        max_length=80, choices=Position.choices, blank=True, help_text="one of the choices, or as written"
    )
    decides = models.BooleanField(default=False, help_text="may close a deal")
    is_manager = models.BooleanField(default=False)
    is_lead = models.BooleanField(default=False, help_text="the person a fair counts as the company's purchaser")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["company", "user"], name="staff_once_per_company"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.company}"
