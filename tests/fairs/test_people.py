"""People as others see them: their names and companies, and nothing of how they sign in."""

import pytest

from fairplatform.fairs.people import people_by_key
from tests.factories import make_exhibitor, make_fair, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.db.sql", "fairplatform.fairs.people")]


def test_a_person_without_a_name_is_shown_as_a_number_never_as_an_address() -> None:
    fair = make_fair()
    exhibitor = make_exhibitor(fair)
    named, nameless = make_staff(exhibitor), make_staff(exhibitor, name={})
    found = people_by_key([named.pk, nameless.pk], fair.pk)
    assert found[named.pk].name == named.name
    assert found[nameless.pk].name == {"en": f"#{nameless.pk}"}
    assert nameless.email not in found[nameless.pk].model_dump_json()
    assert found[nameless.pk].company == exhibitor.company.name
