"""Two tabs or two colleagues at once: one demand, one version of a quote."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict

from booths.models import Demand, Quote, QuoteVersion
from fairplatform.accounts.models import User
from fairplatform.demands.actions import add_demand
from fairplatform.demands.quoting import send_quote
from fairplatform.fairs.models import Fair, Participation
from tests.factories import NOW, actor, make_demand, make_staff
from tests.racing import DONE, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either("fairplatform.demands.actions")]


def sent(**fields: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(fields)
    return data


def quoted(figure: str) -> QueryDict:
    return sent(words="Pliers", unit="pcs", figure=figure, currency="USD")


def test_a_demand_sent_several_times_at_once_is_entered_once(fair: Fair, person: User) -> None:
    fields = sent(kind="goods", text_en="Pliers")
    acts = [lambda: add_demand(actor(person), fair=fair, data=fields, now=NOW)] * 4
    assert at_once(*acts) == Counter({DONE: 4})
    assert Demand.objects.count() == 1


def test_the_same_quote_sent_at_once_is_one_version(
    fair: Fair, buyer: Participation, seller: Participation, clerk: User
) -> None:
    demand, colleague = make_demand(buyer), make_staff(seller)
    acts = [
        lambda person=person: send_quote(actor(person), demand=demand.pk, data=quoted("1.2"), now=NOW)
        for person in (clerk, colleague, clerk, colleague)
    ]
    assert at_once(*acts) == Counter({DONE: 4})
    assert (Quote.objects.count(), QuoteVersion.objects.count()) == (1, 1)


def test_of_different_quotes_written_against_the_same_version_one_is_kept(
    fair: Fair, buyer: Participation, clerk: User
) -> None:
    demand, forms = make_demand(buyer), []
    later = NOW + timedelta(minutes=1)
    acts = [
        lambda figure=figure: forms.append(send_quote(actor(clerk), demand=demand.pk, data=quoted(figure), now=later))
        for figure in ("1.1", "1.2", "1.3")
    ]
    assert at_once(*acts) == Counter({DONE: 3})
    assert sorted(bool(form.errors) for form in forms) == [False, True, True]
    assert QuoteVersion.objects.count() == 1
