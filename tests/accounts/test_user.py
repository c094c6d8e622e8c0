"""The person of a session, read by a statement of our own."""

import pytest

from fairplatform.accounts.models import User
from tests.factories import NOW, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.accounts.models.user")]


def fields(user: User) -> dict[str, object]:
    return {field.attname: getattr(user, field.attname) for field in User._meta.concrete_fields}


def test_the_active_person_is_read_as_the_orm_reads_them() -> None:
    person = make_person(last_login=NOW, phone="+8657987654321", name={"en": 'Li "Ann"', "ur": "لی"})
    expected, read = User.objects.get(pk=person.pk), User.objects.active(person.pk)
    assert read is not None
    assert fields(read) == fields(expected)
    assert [type(value) for value in fields(read).values()] == [type(value) for value in fields(expected).values()]
    assert read.get_deferred_fields() == set()
    read.name = {"en": "Li Bei"}
    read.save()
    assert str(User.objects.get(pk=person.pk)) == "Li Bei"


def test_neither_a_deactivated_nor_an_unknown_person_is_active() -> None:
    person = make_person(is_active=False)
    assert [User.objects.active(pk) for pk in (person.pk, 0)] == [None, None]


def test_without_a_name_a_person_is_known_to_others_by_a_number() -> None:
    person = make_person(name={})
    assert person.public_name == f"#{person.pk}"
    assert make_person(name={"zh-hans": "赵敏"}).public_name == "赵敏"
