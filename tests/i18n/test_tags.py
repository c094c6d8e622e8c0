"""What the template tags of `{% load language %}` print, to the letter."""

import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from booths.models import Product
from fairplatform.i18n.times import Place

NAME = {"en": "Torange Hardware", "zh-hans": "妥兰吉五金", "ur": ""}
AT = datetime(2020, 5, 14, 6, 30, 0, 123456, tzinfo=UTC)
CHINA, PAKISTAN = Place("CN", "Asia/Shanghai"), Place("PK", "Asia/Karachi")
DUBAI, BERLIN, NEW_YORK = Place("AE", "Asia/Dubai"), Place("DE", "Europe/Berlin"), Place("US", "America/New_York")


def shown(source: str, language: str, places: tuple[Place, ...] = (PAKISTAN, CHINA), **context: object) -> str:
    with translation.override(language):
        return Template("{% load language %}" + source).render(Context({"places": places, **context}))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", '<bdi dir="ltr">Torange Hardware</bdi>'),
        ("zh-hans", '<bdi dir="ltr">妥兰吉五金</bdi>'),
    ],
)
def test_text_is_isolated_in_its_direction(language: str, expected: str) -> None:
    assert shown("{% text name %}", language, name=NAME) == expected


def test_text_marks_words_of_another_language() -> None:
    with translation.override("ur"):
        title = translation.gettext("not yet translated")
    assert shown("{% text name %}", "ur", name=NAME) == (
        f'<bdi lang="en" dir="ltr" title="{title}">Torange Hardware</bdi>'
    )


def test_text_escapes_what_people_wrote() -> None:
    assert shown("{% text name %}", "en", name={"en": "<b>A & B</b>"}) == (
        '<bdi dir="ltr">&lt;b&gt;A &amp; B&lt;/b&gt;</bdi>'
    )


def test_plain_and_other_scripts() -> None:
    assert shown("{{ name|plain }}", "zh-hans", name=NAME) == "妥兰吉五金"
    others = "{% for o in name|other_scripts %}[{{ o.html_lang }} {{ o }}]{% endfor %}"
    assert shown(others, "zh-hans", name=NAME) == "[en Torange Hardware]"


@pytest.mark.parametrize(
    ("language", "places", "clocks"),
    [
        ("en", (PAKISTAN, CHINA), ["11:30", "14:30"]),
        ("zh-hans", (PAKISTAN, CHINA), ["11:30", "14:30"]),
        ("en", (CHINA, PAKISTAN), ["14:30", "11:30"]),
        ("ur", (PAKISTAN, CHINA), ["صبح 11:30 بجے", "دوپہر 2:30 بجے"]),
        ("en", (DUBAI, CHINA), ["10:30", "14:30"]),
    ],
)
def test_stamp_is_on_the_readers_own_clock_and_then_on_the_other(
    language: str, places: tuple[Place, ...], clocks: list[str]
) -> None:
    page = shown("{% stamp at %}", language, places, at=AT)
    assert re.sub(r' title="[^"]*"', "", page) == (
        f'<span class="stamp"><time datetime="2020-05-14T06:30:00.123+00:00">{clocks[0]}</time>'
        f' (<time datetime="2020-05-14T06:30:00.123+00:00">{clocks[1]}</time>)</span>'
    )


def test_stamp_names_both_zones() -> None:
    names = re.findall(r'title="([^"]*)"', shown("{% stamp at %}", "en", at=AT))
    assert names == ["Pakistan time 11:30 · Beijing time 14:30"] * 2


def words(source: str, language: str, *places: Place, at: datetime = AT) -> str:
    """What a reader sees of a tag."""
    return " ".join(re.sub(r"<[^>]*>", " ", shown(source, language, places, at=at)).split())


@pytest.mark.parametrize(
    ("language", "city", "dubai", "beijing"),
    [
        ("en", "Dubai", "10:30", "Beijing time 14:30"),
        ("zh-hans", "迪拜", "10:30", "北京时间 14:30"),
        ("ur", "دبئی", "صبح 10:30 بجے", "چین کا وقت دوپہر 2:30 بجے"),
    ],
)
def test_zones_of_any_country_are_named_in_words(language: str, city: str, dubai: str, beijing: str) -> None:
    with translation.override(language):
        zone = translation.gettext("%(city)s time") % {"city": city}
    assert words("{% times at %}", language, DUBAI, CHINA) == f"{zone} {dubai} {beijing}"


def test_equal_clocks_are_shown_once() -> None:
    paris = Place("FR", "Europe/Paris")
    assert words("{% times at %}", "en", BERLIN, paris) == "Berlin time 08:30"
    assert words("{% stamp at %}", "en", BERLIN, paris) == "08:30"
    assert words("{% plain_time at %}", "en", BERLIN, paris) == "Thu 14 May 08:30"


def test_three_places_are_shown_each() -> None:
    assert words("{% stamp at %}", "en", DUBAI, CHINA, PAKISTAN) == "10:30 ( 14:30 · 11:30 )"
    assert words("{% plain_time at %}", "en", DUBAI, CHINA, PAKISTAN) == "Thu 14 May 10:30 (14:30 · 11:30)"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 3, 6, 14, 0, tzinfo=UTC), "Berlin time 15:00 New York time 09:00"),
        (datetime(2026, 3, 9, 14, 0, tzinfo=UTC), "Berlin time 15:00 New York time 10:00"),
        (datetime(2026, 3, 30, 14, 0, tzinfo=UTC), "Berlin time 16:00 New York time 10:00"),
        (datetime(2026, 10, 26, 14, 0, tzinfo=UTC), "Berlin time 15:00 New York time 10:00"),
        (datetime(2026, 11, 2, 14, 0, tzinfo=UTC), "Berlin time 15:00 New York time 09:00"),
        (datetime(2026, 11, 2, 1, 0, tzinfo=UTC), "Berlin time Mon 2 Nov 02:00 New York time Sun 1 Nov 20:00"),
    ],
)
def test_times_follow_the_change_of_the_clocks(at: datetime, expected: str) -> None:
    assert words("{% times at %}", "en", BERLIN, NEW_YORK, at=at) == expected


def test_times_show_the_readers_country_first() -> None:
    page = shown("{% times at %}", "en", at=AT)
    assert page.index("11:30") < page.index("14:30")


def test_day() -> None:
    assert shown("{% day on %}", "en", on=date(2020, 5, 15)) == '<time datetime="2020-05-15">Fri 15 May</time>'
    assert shown("{% day on %}", "zh-hans", on=date(2020, 5, 15)) == (
        '<time datetime="2020-05-15">5月15日（周五）</time>'
    )
    late = datetime(2020, 5, 14, 17, 0, tzinfo=UTC)
    assert "2020-05-15" in shown("{% day at %}", "zh-hans", (CHINA, PAKISTAN), at=late)
    assert "2020-05-14" in shown("{% day at %}", "ur", at=late)


def test_money_and_money_words() -> None:
    assert shown("{% money 3150000 'USD' %}", "ur") == '<bdi class="amount" dir="ltr">USD\u00a031,500</bdi>'
    assert shown("{% money_words 250000000 'USD' %}", "zh-hans") == '<bdi class="amount" dir="ltr">250万美元</bdi>'
    assert shown("{% money none 'USD' %}", "en", none=None) == ""


def test_price_is_a_range_for_one_unit() -> None:
    product = Product(price_low=11000, price_high=24000, currency="USD", price_unit="pcs")
    assert shown("{% price p %}", "en", p=product) == (
        '<bdi class="amount" dir="ltr">USD\u00a01.10–2.40</bdi> <span>per piece</span>'
    )
    assert shown("{% price p %}", "en", p=Product(price_unit="pcs")) == "<span>price on request</span>"


@pytest.mark.parametrize(
    ("code", "printed"),
    [("8203", "8203"), ("820320", "8203.20"), ("82032000", "8203.2000"), ("8203200010", "8203.2000.10")],
)
def test_hs(code: str, printed: str) -> None:
    assert shown("{{ code|hs }}", "en", code=code) == printed
