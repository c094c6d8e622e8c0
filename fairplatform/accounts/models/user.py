"""People with an account."""

import json
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from fairplatform.db.sql import execute
from fairplatform.i18n.fields import TranslatedField
from fairplatform.i18n.text import Translated
from fairplatform.policy import Role

if TYPE_CHECKING:
    from fairplatform.fairs.memberships import Memberships


# In the order of the model's fields.
_COLUMNS = (
    "id", "password", "email", "phone", "name", "salutation", "language", "country", "zone", "is_active",
    "is_demo", "access_version",
)  # fmt: skip
_ACTIVE = f"SELECT {', '.join(_COLUMNS)} FROM accounts_user WHERE id = %s AND is_active"  # noqa: S608 — our own names


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email) or None, **fields)
        user.set_password(password)
        user.save()
        return user

    def active(self, pk: int) -> "User | None":
        """The active person with this key: who a session belongs to.

        Hand-written SQL, because every page and every socket reads it: a tenth of the time of a compiled query. The ORM
        reads the other columns when they are asked for.
        """
        rows = execute(_ACTIVE, [pk])
        if not rows:
            return None
        columns = dict(zip(_COLUMNS, rows[0], strict=True))
        columns |= {name: bool(columns[name]) for name in ("is_active", "is_demo")}
        columns["name"] = Translated(json.loads(columns["name"]))
        return self.model.from_db(self.db, list(columns), list(columns.values()))

    def visible_to(self, person: "Viewer") -> "models.QuerySet[User]":
        return self.filter(pk=person.pk) if person.is_authenticated else self.none()


class User(AbstractBaseUser):
    """A person with or without an e-mail address; those without come by a personal link."""

    class Salutation(models.TextChoices):
        NONE = "", "–"
        MR = "mr", _("Mr")
        MS = "ms", _("Ms")
        DR = "dr", _("Dr")
        EXCELLENCY = "he", _("H.E.")

    email = models.EmailField(_("email"), unique=True, null=True, blank=True)
    phone = PhoneNumberField(_("mobile number"), blank=True)
    name = TranslatedField()
    salutation = models.CharField(max_length=3, choices=Salutation.choices, default=Salutation.NONE, blank=True)
    language = models.CharField(max_length=8, default="en")
    country = models.CharField(
        max_length=2, blank=True, help_text="ISO 3166; decides the person's own clock; empty: not known yet"
    )
    zone = models.CharField(max_length=40, blank=True, help_text="IANA time zone, where it is not the country's")
    speaks = models.JSONField(default=list, blank=True, help_text="BCP 47: languages they can be spoken to in")
    wechat = models.CharField(max_length=64, blank=True)
    whatsapp = models.CharField(max_length=32, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    access_version = models.PositiveIntegerField(default=0, help_text="grows whenever the person's roles change")
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the person is in each fair, read once per loaded person (fairs.memberships).
        self.memberships_by_fair: dict[int, Memberships] = {}

    def __str__(self) -> str:
        return str(self.name) or self.email or f"#{self.pk}"

    @property
    def public_name(self) -> str:
        """How others see the person: without a name as a number, never by e-mail address."""
        return str(self.name) or f"#{self.pk}"

    def roles_of(self, person: "Viewer") -> frozenset[Role]:
        return frozenset({Role.SELF}) if person.pk == self.pk else frozenset()

    @property
    def has_come_in(self) -> bool:
        """Whether they have signed in, or can with a password of their own: there is something of theirs to guard."""
        return self.last_login is not None or self.has_usable_password()

    @property
    def state(self) -> str:
        return "active" if self.is_active else "deactivated"


Viewer: TypeAlias = User | AnonymousUser
"""The reader: a signed-in person or an anonymous visitor."""
