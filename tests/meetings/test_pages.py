"""Every page of meetings in every language."""

import pytest

from tests.factories import (
    make_exhibitor,
)
from tests.meetings.buyer_day import LANGUAGES, START, BuyerDay, get_page


@pytest.fixture
def day(db: None) -> BuyerDay:
    return BuyerDay()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["day", "requests", "meeting", "request_make", "cancel", "move"])
def test_pages_are_rendered_in_every_language(day: BuyerDay, name: str, language: str) -> None:
    meeting = day.meet(day.slots[3])
    args = {"request_make": [make_exhibitor(day.fair).pk]}.get(name, [meeting.pk] if name[0] in "mc" else [])
    html = get_page(day.purchaser, day.url(name, *args), now=START, language=language)
    assert f'dir="{"rtl" if language == "ur" else "ltr"}"' in html.split(">", 2)[1]
