"""Every page of meetings in every language."""

import re

import pytest

from fairplatform.files.models import File
from tests.factories import make_attachment, make_exhibitor
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


@pytest.mark.parametrize("name", ["day", "meeting"])
def test_both_companies_see_each_others_logo(day: BuyerDay, name: str) -> None:
    meeting = day.meet(day.slots[3])
    logos = {
        str(number) * 64: company for number, company in ((3, meeting.exhibitor.company), (4, meeting.buyer.company))
    }
    for digest, company in logos.items():
        make_attachment(company, "logo", sha256=digest)
    args = [meeting.pk] if name == "meeting" else []
    for reader, other in ((day.purchaser, meeting.exhibitor.company), (day.sellers[meeting.pk], meeting.buyer.company)):
        html = get_page(reader, day.url(name, *args), now=START)
        shown = [logos[digest] for digest in re.findall(r'picture--logo">\s*<img src="/files/pictures/(\w+)/"', html)]
        assert (shown[0], len(shown)) == (other, 2 if name == "meeting" else 1)
        for digest in logos:
            assert File.objects.get(sha256=digest).roles_of(reader) != frozenset()
