"""The numbers of topics: many at once cost no more than one, and nobody who moves them waits in a circle."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from fairplatform.realtime.models import TopicVersion, in_order
from fairplatform.realtime.publish import publish_each
from tests.realtime.counter import CounterRaised

pytestmark = pytest.mark.either("fairplatform.realtime.models")


@pytest.mark.django_db
def test_topics_move_on_by_their_steps_whether_new_or_old() -> None:
    assert TopicVersion.advance_all({"chat:7": 1}) == {"chat:7": 1}
    assert TopicVersion.advance_all({"me:2": 3, "chat:7": 2}) == {"me:2": 3, "chat:7": 3}
    assert TopicVersion.current(["chat:7", "me:2", "me:3"]) == {"chat:7": 3, "me:2": 3, "me:3": 0}
    assert TopicVersion.advance_all({}) == {}


@pytest.mark.django_db
def test_a_thousand_topics_move_in_one_statement(django_assert_num_queries: Any) -> None:
    topics = [f"me:{person}" for person in range(1000)]
    for number in (1, 2):
        with django_assert_num_queries(1):
            assert publish_each(topics, CounterRaised(by=1)) == dict.fromkeys(topics, number)


@pytest.mark.django_db
def test_more_than_fit_into_one_statement_move_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairplatform.db.sql.MAX_VALUES", 3)
    steps = {f"me:{person}": person for person in range(1, 8)}
    assert TopicVersion.advance_all(steps) == steps
    assert TopicVersion.current(steps) == steps


def test_everybody_locks_topics_in_the_order_of_their_keys() -> None:
    assert in_order(["me:10", "chat:2", "me:9", "me:100"]) == ["me:9", "me:10", "chat:2", "me:100"]


@pytest.mark.django_db(transaction=True)
def test_writers_of_the_same_topics_in_different_orders_never_deadlock() -> None:
    topics = [f"me:{person}" for person in range(40)]

    def move(turn: int) -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    TopicVersion.advance_all(dict.fromkeys(topics[::-1] if turn % 2 else topics, 1))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(move, range(6)))
    assert TopicVersion.current(topics) == dict.fromkeys(topics, 60)


@pytest.mark.django_db(transaction=True)
def test_numbers_move_inside_a_transaction_only() -> None:
    with pytest.raises(AssertionError):
        TopicVersion.advance_all({"me:1": 1})
