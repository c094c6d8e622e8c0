"""What is printed: cards and lists sorted by recruiting unit, in each person's language, with a code for phones."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import segno
from django.test import Client

from fairplatform.fairs.models import Fair, Participation, RecruitingUnit, Registration
from tests.factories import make_buyer, make_exhibitor, make_role, make_staff
from tests.office.links.handing_out import issue, registered

pytestmark = [pytest.mark.django_db, pytest.mark.either]
NAMES = {"en": "Zhao Min", "zh-hans": "赵敏", "ur": "ژاؤ مِن"}
# By the language of the person: HTML's language, the direction, and the words beside the code.
WORDS = {
    "en": ("en", "ltr", "Entry code", "Scan the QR code with your phone"),
    "zh-hans": ("zh-Hans", "ltr", "入场码", "用手机扫描二维码"),
    "ur": ("ur", "rtl", "انٹری کوڈ", "کیو آر کوڈ"),
}
QUIET = 4  # modules


def unit(fair: Fair, key: str, **names: str) -> RecruitingUnit:
    return RecruitingUnit.objects.create(fair=fair, key=key, name=names, country="CN")


def of(owner: RecruitingUnit | None, company: Participation, language: str) -> Registration:
    Participation.objects.filter(pk=company.pk).update(unit=owner)
    return registered(company.fair, make_staff(company, name=NAMES, language=language))


def sections(page: Any) -> list[tuple[str, list[str]]]:
    """What is printed for each unit, a section of its own: its title, and its entries."""
    found = re.findall(r'<section class="handouts-of-unit">(.*?)</section>', page.text, re.DOTALL)
    return [
        (
            re.sub("<[^>]*>", "", (re.findall("<h2>(.*?)</h2>", part, re.DOTALL) or [""])[0]).strip(),
            re.findall(r'(<li class="handout".*?)(?=<li class="handout"|\Z)', part, re.DOTALL),
        )
        for part in found
    ]


def names_of(entries: list[str]) -> list[str]:
    """The links that are printed, which are each person's own."""
    return [re.findall(r'handout__link"><bdi dir="ltr">([^<]*)<', entry)[0] for entry in entries]


def drawn(entry: str) -> list[list[bool]]:
    """The modules of the QR code that is drawn: horizontal strokes, as a phone sees them, with the white around."""
    [size] = re.findall(r'<svg viewBox="0 0 (\d+) \1"', entry)
    dark = [[False] * int(size) for _ in range(int(size))]
    [path] = re.findall(r'<path[^>]* d="([^"]*)"', entry)
    for x, y, length in strokes(path):
        dark[y][x : x + length] = [True] * length
    return dark


def strokes(path: str) -> Iterator[tuple[int, int, int]]:
    """Of a path of relative moves and horizontal lines, one module high."""
    x, y = 0, 0.0
    for letter, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if letter == "h":
            yield x, int(y), int(values[0])
            x += int(values[0])
        else:
            x, y = (int(values[0]), values[1]) if letter == "M" else (x + int(values[0]), y + values[1])


@pytest.fixture
def printed(fair: Fair) -> list[Registration]:
    """Two units' people and somebody without one, entered in another order than they are printed in."""
    second, first = (
        unit(fair, "b", en="Second bureau", **{"zh-hans": "第二商务局", "ur": "دوسرا بیورو"}),
        unit(fair, "a", en="First bureau", **{"zh-hans": "第一商务局", "ur": "پہلا بیورو"}),
    )
    shared = make_exhibitor(fair)
    return [
        of(None, make_buyer(fair), "en"),
        of(first, make_buyer(fair), "ur"),
        of(second, shared, "zh-hans"),
        of(first, make_exhibitor(fair), "en"),
        of(second, shared, "ur"),
        registered(fair, make_role(fair, "liaison", unit=first)),
    ]


@pytest.mark.parametrize("medium", ["cards", "list"])
def test_each_unit_has_its_own_pages_in_the_order_of_units(
    fair: Fair, organiser: Client, printed: list[Registration], medium: str
) -> None:
    page = issue(organiser, fair, *printed, medium=medium)
    by_person = {handout.link: handout.user for _unit, group in page.context["groups"] for handout in group}
    found = [(title, [by_person[link] for link in names_of(entries)]) for title, entries in sections(page)]
    without, urdu, chinese, english, second_urdu, liaison = (row.user for row in printed)
    titles = ["First bureau", "Second bureau", "Without a recruiting unit"] if medium == "list" else [""] * 3
    assert found == [
        (titles[0], [urdu, english, liaison]), (titles[1], [chinese, second_urdu]), (titles[2], [without]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "title"), [("en", "First bureau"), ("zh-hans", "第一商务局"), ("ur", "پہلا بیورو")]
)
def test_the_list_is_headed_in_the_organisers_language_and_each_entry_in_its_persons(
    fair: Fair, organiser: Client, printed: list[Registration], language: str, title: str
) -> None:
    organiser.post("/language/choose", {"language": language, "next": "/"})
    page = issue(organiser, fair, *printed, medium="list")
    assert sections(page)[0][0] == title
    by_link = {handout.link: handout for _unit, group in page.context["groups"] for handout in group}
    for _title, entries in sections(page):
        for entry, link in zip(entries, names_of(entries), strict=True):
            one = by_link[link]
            html_lang, direction, code, scan = WORDS[one.language]
            assert f'lang="{html_lang}" dir="{direction}"' in entry
            assert [words in entry for words in (code, scan, one.spaced_code)] == [True] * 3


@pytest.mark.parametrize("medium", ["cards", "list"])
@pytest.mark.parametrize("language", list(WORDS))
def test_an_entry_names_its_person_and_company_in_every_script(
    fair: Fair, organiser: Client, medium: str, language: str
) -> None:
    exhibitor = make_exhibitor(fair)
    row = registered(fair, make_staff(exhibitor, name=NAMES, language=language))
    [(_title, [entry])] = sections(issue(organiser, fair, row, medium=medium))
    first, *others = re.findall(r'handout__(?:name|scripts)">(.*?)</p>', entry, re.DOTALL)
    shown = [re.sub("<[^>]*>", " ", part) for part in (first, *others)]
    assert shown[0].strip() == NAMES[language]
    assert [NAMES[code] in shown[1] for code in NAMES if code != language] == [True, True]
    assert exhibitor.company.name[language] in entry
    assert fair.name[language] in entry


@pytest.mark.parametrize("medium", ["cards", "list"])
def test_the_square_is_the_printed_address_with_white_around(
    fair: Fair, organiser: Client, printed: list[Registration], medium: str
) -> None:
    entries = [entry for _title, part in sections(issue(organiser, fair, *printed, medium=medium)) for entry in part]
    assert len(entries) == len(printed)
    for entry, link in zip(entries, names_of(entries), strict=True):
        expected = [[bool(module) for module in row] for row in segno.make(link, error="m", micro=False).matrix]
        modules = drawn(entry)
        inner = [row[QUIET:-QUIET] for row in modules[QUIET:-QUIET]]
        assert inner == expected
        assert sum(map(sum, modules)) == sum(map(sum, expected))


def test_nobody_of_one_unit_is_on_the_page_of_another(
    fair: Fair, organiser: Client, printed: list[Registration]
) -> None:
    page = issue(organiser, fair, *printed, medium="list")
    codes = {handout.user.pk: handout.spaced_code for _unit, group in page.context["groups"] for handout in group}
    first, second, without = ("".join(entries) for _title, entries in sections(page))
    seen = [{pk for pk, code in codes.items() if code in part} for part in (first, second, without)]
    people = [row.user_id for row in printed]
    assert seen == [{people[1], people[3], people[5]}, {people[2], people[4]}, {people[0]}]
