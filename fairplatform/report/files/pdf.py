"""Documents as PDF, set by typst; the report as one. The texts are data for their templates, never a part of them."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import typst
from django.utils.translation import gettext

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import (
    HTML_LANG,
    POP_DIRECTIONAL_ISOLATE,
    current_language,
    direction,
    guess_language,
    joined,
)
from fairplatform.i18n.times import format_clock, format_day
from fairplatform.ledger.hidden import hidden_in_words
from fairplatform.money.rates import Rate

from ..definition import Status
from ..figure import Figure
from ..tables import Block, Line, Report, Section, said_in, value_in_words
from .glyphs import in_words, without_glyph

_LTR = "\N{LEFT-TO-RIGHT ISOLATE}"
_REPORT = Path(__file__).with_name("report.typ")
# Fonts that have all letters of a language, the best first.
FONTS = {
    "en": ("Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue", "Libertinus Serif"),
    "zh-hans": (
        *("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC"),
        *("Noto Serif CJK SC", "SimSun", "WenQuanYi Micro Hei"),
    ),
    "ur": ("Noto Nastaliq Urdu", "Urdu Typesetting", "Jameel Noori Nastaleeq", "Noto Naskh Arabic", "Noto Sans Arabic"),
}


class Note(NamedTuple):
    """Small words below a value. `language`: the place of theirs among the report's, None of an amount."""

    language: int | None
    text: str


def written(report: Report) -> bytes:
    """The report; raises as `compiled`."""
    return compiled(_REPORT, report.languages, _content(report))


def compiled(template: Path, languages: Iterable[str], content: dict[str, object]) -> bytes:
    """The template with its content; if letters would be printed as boxes, raises Refused: font_missing for want of a
    font of a language, letters_missing for other letters.
    """
    text = json.dumps(content, ensure_ascii=False)
    needed = [language for language in FONTS if language == "en" or _has_letters(text, language)]
    fonts = [_font(language) for language in needed]
    # A letter that these have not, typst takes from any other font.
    if left := without_glyph(without_glyph(set(text), fonts), installed()):
        raise Refused("letters_missing", letters=in_words(left))
    more = {
        "languages": [{"lang": HTML_LANG[one], "dir": direction(one)} for one in languages],
        "fonts": fonts,
    }
    inputs = {"content": json.dumps(content | more, ensure_ascii=False)}
    found = typst.compile(template, format="pdf", sys_inputs=inputs)
    assert isinstance(found, bytes)
    return found


def _has_letters(text: str, language: str) -> bool:
    return any(guess_language(letter) == language for letter in set(text))


def _font(language: str) -> str:
    found = next((name for name in FONTS[language] if name in installed()), None)
    if found is None:
        raise Refused("font_missing", fonts=", ".join(FONTS[language]))
    return found


@cache
def installed() -> frozenset[str]:
    """The families that typst finds on this computer."""
    return frozenset(typst.Fonts().families())


def _content(report: Report) -> dict[str, object]:
    return {
        "title": report.said(lambda: gettext("Report of the fair")),
        "fair": report.said(lambda: report.fair.name),
        "demo": report.demo,
        "as_at": report.said(lambda: as_at(report.fair, report.rows.at)),
        "last": report.last and report.said(lambda: _last(report)),
        "sections": [_section(report, section) for section in report.sections],
        "rates_title": report.said(lambda: gettext("Exchange rates")),
        "rates": [rate_in_words(rate) for rate in report.rates],
    }


def _last(report: Report) -> str:
    assert report.last
    return joined([gettext("For comparison, the last fair of the series:"), report.last.name])


def as_at(fair: Fair, at: datetime) -> str:
    """When the figures were counted, by the clock of the host, in the active language."""
    language, host = current_language(), fair.places[0]
    return gettext("As at %(day)s, %(clock)s, %(zone)s") % {
        "day": format_day(host.date(at), language),
        "clock": format_clock(at, host.zone, language),
        "zone": host.zone_name,
    }


def _section(report: Report, section: Section) -> dict[str, object]:
    return {
        "title": report.said(lambda: section.group.label),
        "blocks": [_block(report, block) for block in section.blocks],
    }


def _block(report: Report, block: Block) -> dict[str, object]:
    return {
        "title": report.said(lambda: block.definition.title),
        "sentence": report.said(lambda: block.definition.sentence),
        "divided": block.is_divided,
        "columns": [_status(report, status) for status in block.columns],
        "lines": [_line(report, line) for line in block.lines],
    }


def _status(report: Report, status: Status) -> list[str]:
    return report.said(lambda: status.label)


def _line(report: Report, line: Line) -> dict[str, object]:
    return {
        "part": report.said(lambda: line.part.name),
        "values": ["" if one is None else value_in_words(one) for one in line.cells],
        "notes": [_notes(report, one) for one in line.cells],
    }


def _notes(report: Report, figure: Figure | None) -> list[Note]:
    """What stands below a value: amounts it is without, what it comes to, and what it was of the last fair."""
    last = report.before.get(figure.key) if figure else None
    if last is None:
        return notes_beside(figure, report.languages)
    words, value = report.said(lambda: gettext("last fair:")), value_in_words(last)
    return [
        *notes_beside(figure, report.languages),
        *(Note(number, f"{text} {_LTR}{value}{POP_DIRECTIONAL_ISOLATE}") for number, text in enumerate(words)),
        *_hidden(last, report.languages),
    ]


def notes_beside(figure: Figure | None, languages: Iterable[str]) -> list[Note]:
    """What stands below a sum: how many hidden amounts it is without, and what it comes to in another currency."""
    if figure is None:
        return []
    converted = [Note(None, f"≈ {figure.conversion.converted}")] if figure.conversion else []
    return [*_hidden(figure, languages), *converted]


def _hidden(figure: Figure, languages: Iterable[str]) -> list[Note]:
    """In each language; nothing beside a sum that is without none."""
    words = said_in(languages, lambda: hidden_in_words(figure.hidden)) if figure.hidden else []
    return [Note(number, text) for number, text in enumerate(words)]


def rate_in_words(rate: Rate) -> str:
    """`1 USD = 7.09 CNY · 2020-05-12 · State Bank`."""
    return joined([rate, rate.on.isoformat(), rate.source])
