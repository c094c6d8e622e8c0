"""Parties that were entered by name alone, and may be companies of the fair after all."""

from fairplatform.ledger.models import Entry, EntryName

from ..matchmaking.company_field import Companies


def similar_to_parties(entry: Entry) -> list[str]:
    """The labels of companies whose names are near to a party that is entered as none of the fair.

    Of such a party organisers alone let everybody read what was agreed; of a company, it does so itself.
    """
    named = [one for one in entry.names.all() if one.part == EntryName.Part.PARTY and one.participation_id is None]
    if not named:
        return []
    companies = Companies(entry.fair)
    return list(dict.fromkeys(label for one in named for text in one.name.values() for label in companies.near(text)))
