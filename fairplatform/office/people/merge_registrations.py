"""The registrations of two accounts that are one person's: what either has agreed to, and never more than that."""

from datetime import datetime

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Registration


def unite_registrations(goes: User, stays: User) -> None:
    """In every fair; and invitations that the account which goes has written are those of the other."""
    own = {row.fair_id: row for row in Registration.objects.select_for_update().filter(user=stays)}
    for row in Registration.objects.select_for_update().filter(user=goes).order_by("pk"):
        if same := own.get(row.fair_id):
            row.delete()
            _unite(same, row)
            same.save()
        else:
            row.user = stays
            row.save(update_fields=["user"])
    for writer in ("invited_by", "manager"):
        for row in Registration.objects.filter(**{f"invitation__{writer}": goes.pk}):
            row.invitation = row.invitation | {writer: stays.pk}
            row.save(update_fields=["invitation"])


def _unite(stays: Registration, goes: Registration) -> None:
    stays.key = stays.key or goes.key
    stays.invitation = stays.invitation or goes.invitation
    stays.accepted_at = _first(stays.accepted_at, goes.accepted_at)
    for name in ("link_opened_at", "letter_sent_at"):
        setattr(stays, name, _last(getattr(stays, name), getattr(goes, name)))
    stays.consent_on = stays.consent_on or goes.consent_on
    stays.remarks = "\n".join(dict.fromkeys(filter(None, (stays.remarks, goes.remarks))))
    _unite_answers(stays, goes)


def _unite_answers(stays: Registration, goes: Registration) -> None:
    """Who answered by one account only has answered; of two answers about contact data both have to agree."""
    both = (stays, goes)
    contact = [row.contact_consented_at for row in both if row.consented_at or row.declined_at]
    agreed, declined = (_last(*(getattr(row, name) for row in both)) for name in ("consented_at", "declined_at"))
    if declined and (agreed is None or declined > agreed):
        stays.consented_at, stays.contact_consented_at, stays.declined_at = None, None, declined
        return
    stays.consented_at = _first(*(row.consented_at for row in both))
    stays.contact_consented_at = _last(*contact) if contact and all(contact) else None
    stays.declined_at = None


def _first(*times: datetime | None) -> datetime | None:
    return min((time for time in times if time), default=None)


def _last(*times: datetime | None) -> datetime | None:
    return max((time for time in times if time), default=None)
