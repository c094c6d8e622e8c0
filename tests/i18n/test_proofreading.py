import pytest
from babel.messages.catalog import Message

from fairplatform.i18n.catalogues.forbidden_words import wrong_words
from fairplatform.i18n.catalogues.proofreading import msgid_faults, translation_faults, untranslatable_words


def faults_of(english: str | tuple[str, str], translated: str | tuple[str, ...], language: str = "ur") -> list[str]:
    return translation_faults(Message(english, translated), language)


@pytest.mark.parametrize(
    ("english", "translated", "language"),
    [
        ("Sign in required.", "请登录。", "zh-hans"),
        ("Sign in required.", "براہِ کرم سائن ان کریں۔", "ur"),
        ("HS code %(code)s of %(firm)s", "%(firm)s کا HS کوڈ %(code)s", "ur"),
        ("<b>New</b> in {hall}", "{hall}：<b>新品</b>", "zh-hans"),
        ("Names ending in .csv, 1,000 rows", "以CSV结尾，1,000行", "zh-hans"),
        ("Cookies and %(size)s mm", "Cookie和%(size)s mm", "zh-hans"),
    ],
)
def test_good_translations_have_no_faults(english: str, translated: str, language: str) -> None:
    assert faults_of(english, translated, language) == []


@pytest.mark.parametrize(
    ("english", "translated", "language", "faults"),
    [
        ("Sign in required.", "", "ur", ["is not translated"]),
        ("Sign in required.", "براہِ کرم sign in کریں۔", "ur", ["has Latin words: sign in"]),
        ("Sign in", "Sign in", "zh-hans", ["has Latin words: Sign in"]),
        ("Sign in required.", "请登录.", "zh-hans", ["has half-width punctuation: 录."]),
        ("Yes, please", "好的,谢谢", "zh-hans", ["has half-width punctuation: 的,"]),
        ("Firm (%(name)s)", "企业(%(name)s)", "zh-hans", ["has half-width punctuation: 业("]),
        ("Yes, please", "جی, شکریہ", "ur", ["has Latin punctuation: ی,"]),
        ("Hall 3", "ہال ۳", "ur", ["has digits other than 0-9"]),
        ("10 minutes", "10 分钟", "zh-hans", ["has a space beside Chinese: 0 "]),
        ("%(count)s minutes", "%(count)s 分钟", "zh-hans", ["has a space beside Chinese: % "]),
        ("Account", "我的账户", "zh-hans", ["says 账户 instead of 账号"]),
        ("Meeting", "ملاقات", "ur", ["says ملاقات instead of میٹنگ"]),
        ("Welcome", "خوش آمدید!", "ur", ["shouts (exclamation mark)"]),
        ("Hall %(name)s", "ہال", "ur", ["has other placeholders than ['%(name)s']"]),
        ("Hall", "ہال %(name)s", "ur", ["has other placeholders than none"]),
        ("<b>Hall</b>", "ہال", "ur", ["has other tags than ['</b>', '<b>']"]),
    ],
)
def test_each_fault_is_named(english: str, translated: str, language: str, faults: list[str]) -> None:
    assert faults_of(english, translated, language) == faults


def test_a_fuzzy_translation_is_an_error_whatever_it_says() -> None:
    message = Message("Hall", "ہال", flags={"fuzzy"})
    assert translation_faults(message, "ur") == ["is marked fuzzy"]


def test_singular_may_leave_out_its_count_but_no_plural_form_may_be_empty() -> None:
    english = ("%(count)s firm", "%(count)s firms")
    assert faults_of(english, ("ایک ادارہ", "%(count)s ادارے")) == []
    assert faults_of(english, ("", "%(count)s ادارے")) == ["is not translated"]
    assert faults_of(english, ("%(number)s ادارہ", "%(count)s ادارے")) == ["invents placeholders"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("The line is weak", ["says line instead of connection"]),
        ("State the outcome", ["says State instead of record, submit; declared (a certificate)"]),
        ("<b>%(line)s</b>: our product lines begin with a long press", []),
    ],
)
def test_forbidden_words_are_faults_of_the_english(text: str, faults: list[str]) -> None:
    assert msgid_faults(Message(text)) == faults


@pytest.mark.parametrize(("text", "language"), [("企业主的收款账户", "zh-hans"), ("کاروباری ملاقات", "ur")])
def test_a_wrong_word_is_right_in_another_sense(text: str, language: str) -> None:
    assert wrong_words(text, language) == []


def test_english_has_no_line_breaks_or_exclamation_marks() -> None:
    assert msgid_faults(Message("Sign in required.")) == []
    assert msgid_faults(Message("Hello!")) == ["shouts (exclamation mark)"]
    assert msgid_faults(Message("\n  Please\n")) == [
        "has line breaks or spaces around it (blocktranslate wants `trimmed`)"
    ]


def test_words_outside_the_catalogues_are_found() -> None:
    template = """{% load i18n %}{# a note #}{% block main_class %}narrow{% endblock %}
{% comment %}another{% endcomment %}
      <{% if set %}fieldset{% else %}div{% endif %} class="card wide" title="Close" data-topic="chat">
      {% translate "Hall" %} {{ hall.name }} Booth <b>HS</b> <script>let quiet = 1;</script>
      {% blocktranslate trimmed %}Nothing here{% endblocktranslate %} <img src="/a.png" alt="展位">
      </{% if set %}fieldset{% else %}div{% endif %}>"""
    assert untranslatable_words(template) == ["Close", "Booth", "展位"]
