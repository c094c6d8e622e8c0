"""One world for all tests of a module: each undoes what it changes."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.template import Template

from tests.factories import NOW
from tests.matrix.everybody import Everybody


@pytest.fixture(scope="module")
def everybody(django_db_setup: None, django_db_blocker: Any) -> Iterator[Everybody]:
    """At 12:03 in Pakistan, when a meeting is running and both countries are at work."""
    with (
        pytest.MonkeyPatch.context() as patch,
        time_machine.travel(NOW, tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        # In tests Django copies the context of each template for those who ask; here nobody does.
        patch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))
        yield Everybody()
        transaction.set_rollback(True)
