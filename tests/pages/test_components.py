"""The template tags that many pages share: icons, empty states and names in other scripts."""

import re
from typing import Any

from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override

from fairplatform.i18n.forms import TranslatedFormField


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


class Address(forms.Form):
    city = forms.CharField()
    name = TranslatedFormField(label="Name")
    days = forms.MultipleChoiceField(choices=[("1", "Mon")], widget=forms.CheckboxSelectMultiple)


def test_errors_of_forms_lead_to_their_fields_and_have_the_focus() -> None:
    address, other = Address({}), Address({"city": "Yiwu", "name_en": "Anvil", "days": ["1"]})
    other.add_error(None, "Someone else was faster.")
    html = rendered('{% form_errors forms other said="Not saved." %}', forms=[address], other=other)
    assert re.findall(r"<p>(.*)</p>", html) == ["Not saved.", "Someone else was faster."]
    assert re.findall(r'<a href="#(\w+)">(\w+)</a> · (.*)</li>', html) == [
        ("id_city", "City", "This field is required."),
        ("id_name_0", "Name", "Enter this in at least one language."),
        ("id_days_0", "Days", "This field is required."),
    ]
    fields = "".join(str(field) for field in address)
    assert [f'id="{name}"' in fields for name in ("id_city", "id_name_0", "id_days_0")] == [True, True, True]
    assert html.count("autofocus") == 1


def test_only_wrong_field_has_the_focus_itself() -> None:
    form = Address({"name_en": "Anvil", "days": ["1"]})
    assert rendered("{% form_errors form %}", form=form).strip() == ""
    assert [" autofocus" in str(field) for field in form] == [True, False, False]


def test_form_without_errors_takes_no_focus() -> None:
    form = Address()
    assert rendered("{% form_errors form %}", form=form).strip() == ""
    assert "autofocus" not in str(form)


def test_error_of_a_text_in_three_languages_describes_its_group() -> None:
    html = render_to_string("components/field.html", {"field": Address({})["name"]})
    assert re.findall(r'<fieldset aria-describedby="(\w+)"', html) == ["id_name_error"]
    assert 'id="id_name_error"' in html
