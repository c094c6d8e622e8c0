"""`manage.py demo` loads the demonstration, and only with DEMO=1."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair
from fairplatform.operations.management.commands.serve import Command as Serve

pytestmark = pytest.mark.django_db


def test_the_command_prints_the_address_and_the_personas(settings):
    settings.DEMO, settings.PUBLIC_URL = True, "http://127.0.0.1:8000"
    out = StringIO()
    call_command("demo", stdout=out)
    assert "http://127.0.0.1:8000/demonstration/" in out.getvalue()
    assert out.getvalue().count("\n") == 5


def test_the_command_is_refused_without_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert Fair.objects.count() == 0


def test_a_real_fair_of_the_same_name_is_left_alone(settings):
    settings.DEMO = True
    Fair.objects.create(slug="pk2020", name={"en": "A real fair"})
    with pytest.raises(CommandError, match="pk2020"):
        call_command("demo")
    assert (Fair.objects.count(), Company.objects.count()) == (1, 0)


def test_a_first_start_that_cannot_load_the_demonstration_fails(settings):
    settings.DEMO = True
    Fair.objects.create(slug="pk2020", name={"en": "A real fair"})
    with pytest.raises(CommandError, match="pk2020"):
        Serve(stdout=StringIO()).load_demonstration()
