"""Notices: sent once, in the reader's language and time zone, on the page and by letter."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from fairplatform.errors import Refused
from fairplatform.i18n.times import Place
from fairplatform.notices.actions import mark_all_read, mark_read, notify, unread
from fairplatform.notices.letters import send_letter
from fairplatform.notices.models import Notice
from fairplatform.notices.sentences import SENTENCES, parameters_of, sentence, sentences
from fairplatform.realtime.models import TopicVersion
from tests.factories import NOW, actor, make_fair, make_person, three

pytestmark = pytest.mark.either("fairplatform.notices.actions")

AT = datetime(2020, 5, 15, 6, 30, tzinfo=UTC)
CHINA, PAKISTAN = Place("CN", "Asia/Shanghai"), Place("PK", "Asia/Karachi")


def notify_people(*people: Any, code: str = "request_received", **parameters: Any) -> list[Notice]:
    values = parameters or {"company": three("Yongkang Tools"), "at": AT}
    return notify(people, fair=make_fair(), code=code, parameters=values, path="/fairs/x/requests/", now=NOW)


@pytest.mark.parametrize(
    ("language", "places", "words"),
    [
        ("en", (PAKISTAN, CHINA), "Fri 15 May 11:30 Pakistan time · 14:30 Beijing time"),
        ("en", (CHINA, PAKISTAN), "Fri 15 May 14:30 Beijing time · 11:30 Pakistan time"),
    ],
)
def test_an_instant_is_shown_on_both_clocks(language: str, places: tuple[Place, ...], words: str) -> None:
    parameters = {"company": three("Yongkang Tools"), "at": AT.isoformat()}
    text = sentence("request_accepted", parameters, language=language, places=places)
    assert text == f"Yongkang Tools has accepted your request. Your meeting: {words}."


def test_a_name_is_in_the_readers_language() -> None:
    text = sentence(
        "outcome_agreed", {"company": three("Yongkang Tools")}, language="zh-hans", places=(CHINA, PAKISTAN)
    )
    assert "Yongkang Tools（中）" in text


def test_a_name_of_the_other_direction_is_isolated() -> None:
    assert sentences("outcome_agreed", {"company": {"en": "Tools (Pvt.)"}}, places=(PAKISTAN, CHINA)) == {
        "en": "You and Tools (Pvt.) have both confirmed the outcome of your meeting.",
        "zh-hans": "贵方与Tools (Pvt.)均已确认洽谈结果。",
        "ur": "آپ اور \u2068Tools (Pvt.)\u2069 دونوں نے میٹنگ کے نتیجے کی تصدیق کر دی ہے۔",
    }
    assert sentences("outcome_agreed", {"company": {"ur": "ٹولز (نجی)"}}, places=(PAKISTAN, CHINA))["en"] == (
        "You and \u2068ٹولز (نجی)\u2069 have both confirmed the outcome of your meeting."
    )


def test_two_names_are_isolated_from_each_other() -> None:
    both = {"company": [{"ur": "ٹولز"}, {"en": "Tools"}]}
    text = sentence("outcome_agreed", both, language="en", places=(PAKISTAN, CHINA))
    assert text == "You and \u2068ٹولز\u2069 · Tools have both confirmed the outcome of your meeting."


def test_a_different_date_in_the_other_country_is_shown() -> None:
    late = datetime(2020, 5, 15, 17, 0, tzinfo=UTC).isoformat()
    text = sentence("meeting_moved", {"company": three("A"), "at": late}, language="en", places=(PAKISTAN, CHINA))
    assert text.endswith("Fri 15 May 22:00 Pakistan time · Sat 16 May 01:00 Beijing time.")


def test_every_sentence_takes_its_parameters() -> None:
    values = {"company": three("A"), "person": three("B"), "demand": three("C"), "at": AT.isoformat()}
    values |= {"name": three("D"), "number": 2}
    for code in SENTENCES:
        parameters = {name: values[name] for name in parameters_of(code)}
        assert "%(" not in sentence(code, parameters, language="en", places=(PAKISTAN, CHINA))


def test_each_person_gets_one_notice(db: Any) -> None:
    one, two = make_person(), make_person(email=None)
    notify_people(one, two, one)
    assert [unread(one), unread(two)] == [1, 1]
    assert set(TopicVersion.current([f"me:{one.pk}", f"me:{two.pk}"]).values()) == {1}
    # The one without an address gets no letter.
    assert DBTaskResult.objects.count() == 1


def test_a_missing_parameter_is_a_mistake_of_ours(db: Any) -> None:
    with pytest.raises(KeyError):
        notify_people(make_person(), company=three("A"))


def test_of_the_parameters_those_of_the_sentence_are_stored(db: Any) -> None:
    [notice] = notify_people(make_person(), company=three("A"), at=AT, person=three("B"))
    assert notice.parameters == {"company": three("A"), "at": AT.isoformat()}


def test_reading_counts_down(db: Any) -> None:
    person = make_person()
    first, _ = notify_people(person)[0], notify_people(person)
    mark_read(actor(person), notice=first.pk, now=NOW)
    mark_read(actor(person), notice=first.pk, now=NOW)
    assert unread(person) == 1
    assert mark_all_read(actor(person), now=NOW) == 1
    assert TopicVersion.current([f"me:{person.pk}"]) == {f"me:{person.pk}": 4}


def test_a_stranger_reads_nothing(db: Any) -> None:
    notice = notify_people(make_person())[0]
    with pytest.raises(Refused, match="not_found"):
        mark_read(actor(make_person()), notice=notice.pk, now=NOW)


def test_a_letter_is_in_the_recipients_language(db: Any, settings: Any) -> None:
    settings.PUBLIC_URL = "https://fair.example"
    person = make_person(language="ur", country="PK")
    notice = notify_people(person, code="outcome_agreed", company=three("Yongkang Tools"))[0]
    assert send_letter.func(notice.pk) == 1
    letter = mail.outbox[0]
    assert letter.to == [person.email]
    assert "Yongkang Tools (ار)" in letter.subject
    assert "https://fair.example/fairs/x/requests/" in letter.body


def test_no_letter_about_what_was_read(db: Any) -> None:
    person = make_person()
    notice = notify_people(person)[0]
    mark_read(actor(person), notice=notice.pk, now=NOW)
    assert (send_letter.func(notice.pk), mail.outbox) == (0, [])


def test_a_notice_still_unread_becomes_the_next_one_and_the_same_words_are_one_letter(db: Any) -> None:
    person, other, fair = make_person(), make_person(), make_fair()
    words = {"fair": fair, "parameters": {"company": three("Yongkang Tools")}, "now": NOW}
    codes = ("outcome_drafted", "outcome_stated")

    def tell_of(path: str, code: str, *people: Any) -> list[int]:
        return [n.pk for n in notify(people, code=code, path=path, supersedes=codes, **words)]

    [first] = tell_of("/here/", "outcome_drafted", person)
    assert tell_of("/here/", "outcome_drafted", person) == [first]
    assert (unread(person), DBTaskResult.objects.count()) == (1, 1)
    # Other words are another letter; another page or person another notice.
    assert tell_of("/here/", "outcome_stated", person) == [first]
    assert Notice.objects.get().code == "outcome_stated"
    assert DBTaskResult.objects.count() == 2
    [elsewhere] = tell_of("/there/", "outcome_stated", person)
    [theirs] = tell_of("/here/", "outcome_stated", other)
    assert len({first, elsewhere, theirs}) == 3
    mark_read(actor(person), notice=first, now=NOW)
    assert tell_of("/here/", "outcome_stated", person) != [first]
