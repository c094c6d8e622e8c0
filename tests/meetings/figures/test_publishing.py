"""What is published to the control room and the public, and how often figures are counted."""

import re

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from fairplatform.observability.duties import DUTIES
from fairplatform.realtime.models import TopicVersion
from meetings.figures.publishing import publish_figures, publish_figures_on_commit, publish_tile
from meetings.models import Meeting
from tests.factories import NOW, make_fair, make_slots
from tests.meetings.cases import make_case, minutes


def test_publishing_advances_the_topics_of_the_control_room_and_of_the_fair(transactional_db: None) -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair)[0])
    names = [f"monitor:{fair.slug}", f"fair:{fair.slug}"]
    before = TopicVersion.current(names)
    with transaction.atomic():
        publish_tile(case.meeting, NOW)
        publish_figures(fair, NOW)
    after = TopicVersion.current(names)
    assert {name: after[name] - before[name] for name in names} == {names[0]: 2, names[1]: 1}


def test_the_topics_are_locked_before_the_figures_are_counted(transactional_db: None) -> None:
    """Otherwise a transaction could count before another one's commit, and publish after it."""
    fair = make_fair()
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        publish_figures(fair, NOW)
    statements = [re.search(r'(INSERT INTO|UPDATE|DELETE FROM|FROM) "?(\w+)', query["sql"]) for query in queries]
    (first, locked), *later = [found.groups() for found in statements if found]
    assert (first, locked) == ("INSERT INTO", "realtime_topicversion")
    assert {operation for operation, _ in later} == {"FROM"}
    assert locked not in {table for _, table in later}


def test_a_transaction_counts_the_figures_once_however_much_changes_in_it(transactional_db: None) -> None:
    fair, other = make_fair(), make_fair()
    topics = [f"fair:{fair.slug}", f"fair:{other.slug}"]
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        for changed in (fair, fair, other, fair):
            publish_figures_on_commit(changed, NOW)
        assert TopicVersion.current(topics) == dict.fromkeys(topics, 0)
    assert TopicVersion.current(topics) == dict.fromkeys(topics, 1)
    assert sum("meetings_outcome" in query["sql"] and "GROUP BY" in query["sql"] for query in queries) == 2 * 2


def test_a_transaction_that_is_rolled_back_publishes_no_figures(transactional_db: None) -> None:
    fair = make_fair()
    with transaction.atomic():
        publish_figures_on_commit(fair, NOW)
        transaction.set_rollback(True)
    assert TopicVersion.current([f"fair:{fair.slug}"]) == {f"fair:{fair.slug}": 0}


def test_figures_that_cannot_be_counted_undo_nothing_and_are_reported(transactional_db: None) -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair, first=NOW - minutes(60))[0])
    with transaction.atomic():
        # An unknown reason cannot be counted.
        Meeting.objects.filter(pk=case.meeting.pk).update(state="missed", missed_because="weather")
        publish_figures_on_commit(fair, NOW)
    assert Meeting.objects.get(pk=case.meeting.pk).state == "missed"
    assert DUTIES["figures.publish"].failures == 1
