"""Open sockets are checked again when a person loses or gains a role, however the row was written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models

from fairplatform.accounts.models import Staff, User
from fairplatform.accounts.triggers import install, remove, role_tables
from fairplatform.fairs.models import Participation, RoleAssignment
from tests.factories import make_exhibitor, make_fair, make_person, make_role, make_staff

pytestmark = pytest.mark.either("fairplatform.db.triggers")

ROWS: dict[str, Callable[[User], Any]] = {
    "position": lambda person: Staff.objects.filter(user=person),
    "role": lambda person: RoleAssignment.objects.filter(user=person),
    "company": lambda person: Participation.objects.filter(company__staff__user=person),
}
TABLES = {"position": Staff, "role": RoleAssignment, "company": Participation}
WAYS: dict[str, Callable[[Any], object]] = {
    "save": lambda rows: rows.get().save(),
    "update": lambda rows: (
        rows.update(fair=models.F("fair")) if hasattr(rows.model, "fair") else rows.update(is_lead=1)
    ),
    "bulk update": lambda rows: rows.bulk_update(list(rows), ["fair" if hasattr(rows.model, "fair") else "is_lead"]),
    "delete": lambda rows: rows.get().delete(),
    "delete of a query": lambda rows: rows.delete(),
    "bulk create": lambda rows: again(rows),
    "statement": lambda rows: execute(f"UPDATE {rows.model._meta.db_table} SET id = id WHERE id = {rows.get().pk}"),
}


def again(rows: Any) -> None:
    """The rows of another fair or company."""
    model, row = rows.model, rows.get()
    row.pk = None
    if model is Staff:
        row.company = make_exhibitor(make_fair()).company
    else:
        row.fair = make_fair()
        row.hall = None
    model.objects.bulk_create([row])


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def versions(*people: User) -> list[int]:
    return [User.objects.get(pk=person.pk).access_version for person in people]


@pytest.fixture
def people(db: None) -> tuple[User, User]:
    """Somebody with one row of each kind, and somebody else with the same of another company."""
    fair, pair = make_fair(), []
    for _ in range(2):
        person = make_staff(make_exhibitor(fair))
        RoleAssignment.objects.create(fair=fair, user=person, role="organiser")
        pair.append(person)
    return pair[0], pair[1]


def test_role_tables_are_those_that_memberships_are_read_from() -> None:
    assert sorted(role_tables()) == ["accounts_staff", "fairs_participation", "fairs_roleassignment"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ROWS)
def test_a_change_raises_the_version_of_those_concerned_and_of_nobody_else(
    people: tuple[User, User], kind: str, way: str
) -> None:
    person, other = people
    before, others = versions(person, other)
    WAYS[way](ROWS[kind](person))
    after = versions(person, other)
    assert (after[0] > before, after[1]) == (True, others)


def test_a_row_moved_to_another_person_concerns_both(db: None) -> None:
    first, second = make_role(make_fair(), "organiser"), make_person()
    before = versions(first, second)
    RoleAssignment.objects.filter(user=first).update(user=second)
    assert [now > then for then, now in zip(before, versions(first, second), strict=True)] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_tables_that_triggers_mention_can_be_migrated() -> None:
    person = make_role(make_fair(), "organiser")
    remove("default")
    try:
        with connection.schema_editor() as editor:
            for model, name in ((User, "is_demo"), (Staff, "is_lead")):
                old: Any = model._meta.get_field(name)
                new = old.clone()
                new.set_attributes_from_name(old.name)
                new.model, new.db_index = model, not old.db_index
                editor.alter_field(model, old, new, strict=False)
                editor.alter_field(model, new, old, strict=False)
    finally:
        install("default")
    before = versions(person)
    RoleAssignment.objects.filter(user=person).update(on_call=True)
    assert versions(person) > before
