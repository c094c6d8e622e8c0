"""Whom a company is the sole agent of, as the lines of a form: companies of the fair, or others by name."""

from fairplatform.fairs.models import Participation
from fairplatform.fairs.models.wishes import SoleAgency
from fairplatform.i18n.text import fold


def lines(participation: Participation) -> list[str]:
    """A company of the fair by its key, else its name; any other as it is written."""
    if participation._state.adding:
        return []
    rows = participation.sole_agencies.select_related("principal__company").order_by("pk")
    return [
        (row.principal.key or str(row.principal.company.name)) if row.principal else row.principal_name for row in rows
    ]


def store(participation: Participation, names: list[str]) -> None:
    """Replaces the rows by these."""
    if names == lines(participation):
        return
    known = _by_key_and_name(participation)
    participation.sole_agencies.all().delete()
    rows = {(known.get(fold(name)), "" if fold(name) in known else name): None for name in names}
    SoleAgency.objects.bulk_create(
        SoleAgency(participation=participation, principal_id=principal, principal_name=name) for principal, name in rows
    )


def _by_key_and_name(participation: Participation) -> dict[str, int]:
    """The keys of the fair's other companies, by what they are called."""
    others = Participation.objects.filter(fair=participation.fair_id).exclude(pk=participation.pk).order_by("-pk")
    known: dict[str, int] = {}
    for pk, key, name in others.values_list("pk", "key", "company__name"):
        known |= {fold(text): pk for text in (*name.values(), key) if text}
    return known
