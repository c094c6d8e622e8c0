"""The template tags that many pages share: icons, empty states and names in other scripts."""

import re
from typing import Any

from django.template import Context, Template
from django.utils.translation import override


def rendered(source: str, **values: Any) -> str:
    return Template("{% load components %}" + source).render(Context(values))


def test_icon_is_a_symbol_of_the_shared_drawing() -> None:
    assert rendered('{% icon "chat" %}') == (
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/img/icons.svg#chat"></use></svg>'
    )


def test_icon_has_a_size_a_direction_and_a_state() -> None:
    opening = rendered('{% icon "leave" size="large" mirrored=True when="on" %}').partition("><")[0]
    assert opening == (
        '<svg class="icon icon--large icon--mirrored" aria-hidden="true" focusable="false" data-when="on"'
    )


def test_empty_state_says_what_is_missing_and_what_to_do() -> None:
    source = '{% empty _("Halls") url="/x" label=title pattern="khatam" %}\n  Look <b>elsewhere</b>.\n{% endempty %}'
    html = rendered(source, title="<Go>")
    assert re.findall(r'<p class="empty__what">(.*)</p>', html) == ["Halls"]
    assert re.findall(r'<p class="empty__do">(.*)</p>', html) == ["Look <b>elsewhere</b>."]
    assert re.findall(r"<a .*</a>", html) == ['<a class="button button--action" href="/x">&lt;Go&gt;</a>']
    assert re.findall(r'data-pattern="(\w+)"', html) == ["khatam"]


def test_empty_state_is_in_the_language_of_its_reader_and_reads_only_its_own_arguments() -> None:
    with override("zh-hans"):
        html = rendered('{% empty _("Halls") %}{{ words }}{% endempty %}', words="<i>", url="/x", reference="7")
    assert re.findall(r'<p class="empty__\w+">(.*)</p>', html) == ["展馆", "&lt;i&gt;"]
    assert "<a" not in html


def test_two_empty_states_of_one_page_have_patterns_of_their_own() -> None:
    html = rendered('{% empty "a" %}{% endempty %}{% empty "b" %}{% endempty %}')
    assert re.findall(r'pattern id="([\w-]+)"', html) == ["lattice-khatam-1", "lattice-khatam-2"]


def test_empty_state_quotes_the_reference_of_an_error() -> None:
    assert '<bdi dir="ltr">abc</bdi>' in rendered('{% empty "a" reference="abc" %}{% endempty %}')


def test_names_in_the_scripts_that_the_reader_did_not_choose() -> None:
    name = {"en": "Hall <1>", "zh-hans": "一号馆", "ur": "ہال ۱"}
    with override("zh-hans"):
        html = rendered("{% other_scripts name %}", name=name)
    assert html == '<bdi lang="en" dir="ltr">Hall &lt;1&gt;</bdi> <bdi lang="ur" dir="rtl">ہال ۱</bdi>'
