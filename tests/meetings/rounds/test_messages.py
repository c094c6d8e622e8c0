"""Answers that come in messages, and messages for those who are silent."""

import pytest

from fairplatform.accounts.models import Company, User
from fairplatform.fairs.models import Fair
from meetings.models import Tick

from .ticking import CLOSE, OPEN, People, browser, page, post

pytestmark = [pytest.mark.django_db, pytest.mark.either("meetings.rounds.actions")]


def test_a_message_that_says_otherwise_than_is_stored_is_marked_before_it_is_saved(people: People) -> None:
    people.opened()
    asked = people.list_of(people.buyers[0])
    post(people.manager, people.fair, f"ticks/{asked.pk}/", answer_1="yes", answer_2="no")
    path = f"organise/matching/ticks/{asked.pk}/"
    answer = post(people.delegate, people.fair, path, act="read", typed="no 1 2, yes 3", source="wechat")
    assert [line.replaces for line in answer.context["form"].lines] == [True, False, False]


def test_an_answer_from_a_message_is_shown_before_it_is_stored_and_marked(people: People) -> None:
    people.opened()
    asked = people.list_of(people.buyers[0])
    path = f"organise/matching/ticks/{asked.pk}/"
    answer = post(people.delegate, people.fair, path, act="read", typed="要1、3，不要2 9", source="wechat")
    understood, form = answer.context["understood"], answer.context["form"]
    assert (dict(understood.answers), understood.unknown) == ({1: "yes", 2: "no", 3: "yes"}, (9,))
    assert [form[f"answer_{number}"].value() for number in (1, 2, 3)] == ["yes", "no", "yes"]
    assert Tick.objects.exclude(answer="").count() == 0
    fields = {"answer_1": "yes", "answer_2": "no", "answer_3": "yes"}
    assert post(people.delegate, people.fair, path, act="store", source="wechat", **fields).status_code == 302
    found = [(tick.answer, tick.answered_by, tick.source) for tick in asked.ticks.all()]
    assert found == [(word, people.delegate, "wechat") for word in ("yes", "no", "yes")]
    shown = page(people.organiser, people.fair, path)
    assert [text in shown for text in ("Entered from: WeChat", str(people.delegate))] == [True, True]


def test_the_silent_are_listed_by_unit_with_a_message(people: People) -> None:
    opened = people.opened()
    first, second = (people.list_of(buyer) for buyer in people.buyers)
    path = f"organise/matching/rounds/{opened.pk}/"
    context = browser(people.organiser).get(f"/fairs/{people.fair.slug}/{path}").context
    assert {one.unit: list(one.lists) for one, _message in context["silent"]} == {people.unit: [first], None: [second]}
    texts = {one.unit: message for one, message in context["silent"]}
    assert f"{people.buyers[0].company.name['en']}: " in texts[people.unit]
    assert f"/fairs/{people.fair.slug}/ticks/{first.pk}/" in texts[people.unit]
    assert people.buyers[1].company.name["en"] not in texts[people.unit]
    post(people.manager, people.fair, f"ticks/{first.pk}/", answer_1="no")
    context = browser(people.organiser).get(f"/fairs/{people.fair.slug}/{path}").context
    assert [one.unit for one, _message in context["silent"]] == [None]


def test_the_list_as_a_message_is_in_the_language_of_its_readers(people: People) -> None:
    people.opened()
    asked = people.list_of(people.buyers[0])
    User.objects.filter(pk=people.manager.pk).update(language="zh-hans")
    text = browser(people.organiser).get(f"/fairs/{people.fair.slug}/organise/matching/ticks/{asked.pk}/")
    lines = text.context["message"].splitlines()
    first = asked.ticks.get(number=1)
    assert lines[2].startswith(f"1. {first.other.company.name['zh-hans']}: ")
    assert lines[-1].endswith(f"/fairs/{people.fair.slug}/ticks/{asked.pk}/")


def test_a_name_keeps_to_its_line_and_turns_no_message_round(people: People) -> None:
    opened = people.opened()
    asked = people.list_of(people.buyers[0])
    first = asked.ticks.get(number=1).other
    Company.objects.filter(pk=first.company_id).update(name={"ur": "خان\n2. برادرز\u2028"})
    Company.objects.filter(pk=people.buyers[0].company_id).update(name={"ur": "لاہور\r\nتاجر"})
    Fair.objects.filter(pk=people.fair.pk).update(name={"ur": "سنکیانگ\x85میلہ"})
    shown = browser(people.organiser).get(f"/fairs/{people.fair.slug}/organise/matching/ticks/{asked.pk}/")
    lines = shown.context["message"].splitlines()
    assert lines[0] == f"{OPEN}لاہور تاجر{CLOSE}: whom would you like to meet at {OPEN}سنکیانگ میلہ{CLOSE}?"
    assert lines[2].startswith(f"1. {OPEN}خان 2. برادرز{CLOSE}: ")
    assert len(lines) == 2 + 3 + 2
    context = browser(people.organiser).get(f"/fairs/{people.fair.slug}/organise/matching/rounds/{opened.pk}/").context
    lines = next(text for one, text in context["silent"] if one.unit == people.unit).splitlines()
    assert f" at {OPEN}سنکیانگ میلہ{CLOSE}. " in lines[0]
    assert lines[2].startswith(f"{OPEN}لاہور تاجر{CLOSE}: http")
    assert len(lines) == 3
