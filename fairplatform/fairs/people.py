"""People of a fair as others see them: their names, and the company they work for there."""

import json
from collections.abc import Iterable

from fairplatform.db.sql import execute, placeholders
from fairplatform.realtime.protocol import Person

# Hand-written SQL, because every join and every batch of messages reads it: 0.04 ms for 20 people, 0.63 through the
# ORM. A person who works for several companies of one fair is shown with the one they joined first.
_PEOPLE = """
    SELECT person.id, person.name, (
        SELECT company.name
        FROM accounts_staff AS staff
        JOIN accounts_company AS company ON company.id = staff.company_id
        JOIN fairs_participation AS participation ON participation.company_id = company.id
        WHERE staff.user_id = person.id AND participation.fair_id = %s
        ORDER BY staff.id LIMIT 1
    )
    FROM accounts_user AS person WHERE person.id IN
"""


def people_by_key(ids: Iterable[int], fair_id: int) -> dict[int, Person]:
    """By key, in one query. Without a name a person is shown as a number, never by e-mail address."""
    keys = list(set(ids))
    rows = execute(f"{_PEOPLE} ({placeholders(keys)})", [fair_id, *keys]) if keys else []
    return {
        pk: Person(id=pk, name=json.loads(name) or {"en": f"#{pk}"}, company=json.loads(company or "{}"))
        for pk, name, company in rows
    }
