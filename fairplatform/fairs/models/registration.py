"""A person's registration in a fair."""

from typing import ClassVar

from django.db import models

from fairplatform.accounts.models import Viewer
from fairplatform.policy import Role

from .invitation import Invitation
from .participation import KEY_LENGTH


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, person: Viewer) -> "RegistrationQuerySet":
        """Each person's own; organisers have pages of their own for them."""
        return self.filter(user=person) if person.is_authenticated and person.is_active else self.none()

    def accepted(self) -> "RegistrationQuerySet":
        return self.filter(accepted_at__isnull=False)

    def invited(self) -> "RegistrationQuerySet":
        """Those of people who are only invited: they have not accepted."""
        return self.filter(accepted_at=None)

    def unanswered(self) -> "RegistrationQuerySet":
        """Those whose person has neither agreed nor declined on the page."""
        return self.filter(consented_at=None, declined_at=None)


class Registration(models.Model):
    """A person in one fair: the organiser's key for them, and what they have agreed to.

    A person whose account belongs to another fair is only invited: `accepted_at` is null until they accept, and until
    then they have neither a role nor a company in this fair; `invitation` holds the row that will give them one.
    """

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="registrations")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="registrations")
    key = models.CharField(max_length=KEY_LENGTH, blank=True, help_text="the organiser's short name for the person")
    invitation = models.JSONField(default=dict, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    consent_on = models.DateField(null=True, blank=True, help_text="consent given on paper, as the organiser states")
    consented_at = models.DateTimeField(
        null=True, blank=True, help_text="consent given on the page: purpose of the fair"
    )
    contact_consented_at = models.DateTimeField(
        null=True, blank=True, help_text="consent to contact data crossing the border"
    )
    declined_at = models.DateTimeField(
        null=True, blank=True, help_text="when they last declined: the invitation, or to consent"
    )
    link_opened_at = models.DateTimeField(null=True, blank=True, help_text="when the personal link was last opened")
    letter_asked_at = models.DateTimeField(
        null=True, blank=True, help_text="when an organiser or delegate last asked for a letter with the link"
    )
    letter_queued_at = models.DateTimeField(
        null=True, blank=True, help_text="when that letter's turn came; null: it waits"
    )
    letter_sent_at = models.DateTimeField(
        null=True, blank=True, help_text="when the mail server last took a letter with the link"
    )
    letter_failed_at = models.DateTimeField(
        null=True, blank=True, help_text="when the letter that was asked for last was given up"
    )
    remarks = models.TextField(blank=True, help_text="read by organisers and the person's recruiting unit only")

    objects: ClassVar[RegistrationQuerySet] = RegistrationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "user"], name="registration_once_per_fair"),
            models.UniqueConstraint(
                fields=["fair", "key"], condition=~models.Q(key=""), name="registration_key_once_per_fair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.fair_id}"

    @property
    def is_invitation(self) -> bool:
        """Whether it gives its person nothing yet, neither a role nor a company: they have not accepted it."""
        return self.accepted_at is None

    @property
    def offer(self) -> Invitation | None:
        """What they are invited to be, or were; None for somebody who was never invited to a role."""
        return Invitation.model_validate(self.invitation) if self.invitation else None

    @property
    def consents(self) -> bool:
        """To the purpose of the fair, on paper or on the page."""
        return bool(self.consent_on or self.consented_at)

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        return frozenset({Role.SELF}) if person.is_active and person.pk == self.user_id else frozenset()
