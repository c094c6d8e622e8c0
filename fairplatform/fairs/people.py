"""People of a fair as others see them: their names, and the company they work for there."""

import json
from collections.abc import Iterable

from fairplatform.db.sql import found
from fairplatform.realtime.protocol import Person

# Who works for several companies of one fair is named with the one they came to first.
_PERSON = """
    person.id, person.name, (
        SELECT company.name
        FROM accounts_staff AS staff
        JOIN accounts_company AS company ON company.id = staff.company_id
        JOIN fairs_participation AS participation ON participation.company_id = company.id
        WHERE staff.user_id = person.id AND participation.fair_id IN ([])
        ORDER BY staff.id LIMIT 1
    )
"""
_OF_THESE = "FROM accounts_user AS person WHERE person.id IN ([])"


def persons(ids: Iterable[int], fair_id: int) -> dict[int, Person]:
    """Everybody asked for, in one query however many they are. Who has no name is a number, not an address."""
    wanted = list(set(ids))
    named = found(_PERSON, _OF_THESE, [fair_id], wanted) if wanted else []
    return {
        pk: Person(id=pk, name=json.loads(name) or {"en": f"#{pk}"}, company=json.loads(company or "{}"))
        for pk, name, company in named
    }
