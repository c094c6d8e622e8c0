"""Names in sentences of the server: they reorder no sentence, break no line and end no element."""

from collections.abc import Iterator

import pytest
from django.template import Context, Template
from django.utils import translation

from fairplatform.i18n.text import isolated, joined

FSI, PDI = "\u2068", "\u2069"
LATIN, CHINESE, URDU = "Yongkang Tools (Pvt.)", "永康工具", "لاہور ٹولز (نجی)"


@pytest.fixture(params=["en", "zh-hans", "ur"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


def test_a_name_of_the_other_direction_is_isolated(language: str) -> None:
    is_urdu = language == "ur"
    shown = [isolated(name) for name in (LATIN, CHINESE, "7 - 3", URDU)]
    wrapped = [f"{FSI}{name}{PDI}" for name in (LATIN, CHINESE, "7 - 3", URDU)]
    assert shown == ([*wrapped[:3], URDU] if is_urdu else [LATIN, CHINESE, "7 - 3", wrapped[3]])


def test_a_name_ends_neither_its_line_nor_its_isolation(language: str) -> None:
    hostile = f"A\r\nBcc: b@c.example\u2028{PDI}\u2067\u202eevil"
    assert isolated(hostile) == f"{FSI}A Bcc: b@c.example \u202eevil{PDI}"


@pytest.mark.parametrize("language", ["ur"], indirect=True)
def test_names_in_one_line_are_isolated_from_each_other(language: str) -> None:
    assert joined([LATIN, URDU]) == f"{FSI}{LATIN}{PDI} · {URDU}"


@pytest.mark.parametrize("language", ["ur"], indirect=True)
def test_in_a_page_an_isolated_name_is_an_element(language: str) -> None:
    sentence = f"نام: {isolated('<b>A & B</b>')}"
    shown = Template("{% load language %}{{ sentence|bdi }}").render(Context({"sentence": sentence}))
    assert shown == "نام: <bdi>&lt;b&gt;A &amp; B&lt;/b&gt;</bdi>"


@pytest.mark.parametrize("language", ["ur"], indirect=True)
def test_in_titles_and_attributes_too(language: str) -> None:
    shown = Template("{% load language %}{{ name|plain }}").render(Context({"name": {"en": LATIN}}))
    assert shown == f"{FSI}{LATIN}{PDI}"
