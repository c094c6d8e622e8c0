"""Style sheets and templates: contrasts, colours, classes, sizes; nothing tied to left or right, no missing file."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
import tinycss2
from tinycss2.ast import Node
from tinycss2.color4 import parse_color

from fairplatform.design.staticfiles import SHEETS as EVERY_PAGE
from tests.checks.sheets import FRONTEND, LETTERS, SHEETS, TEMPLATES, given_classes, rules, sought_classes

MOST_LINES, LONGEST_LINE = 250, 160
# Classes that htmx gives to an element while it waits for the server.
FOREIGN = {"htmx-request"}
PHYSICAL = re.compile(
    r"(?<![-\w])(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![-\w])(?:left|right|top|bottom)\s*:"
    r"|(?:text-align|float)\s*:\s*(?:left|right)"
)
READ = [
    ("ink", "paper"),
    ("ink-soft", "paper"),
    ("ink-soft", "mist"),
    ("ink-soft", "glaze"),
    ("ink-faint", "paper"),
    ("ink-faint", "mist"),
    ("celadon-deep", "paper"),
    ("celadon-deep", "mist"),
    ("celadon-dark", "glaze"),
    ("paper", "celadon-deep"),
    ("paper", "celadon-dark"),
    ("paper", "ink"),
    ("paper", "vermilion"),
    ("vermilion", "paper"),
    ("vermilion", "vermilion-wash"),
    ("vermilion-dark", "paper"),
    ("ink-faint", "vermilion-wash"),
    ("gold", "paper"),
    ("gold", "gold-wash"),
    ("glaze", "ink"),
]
SEEN = [
    ("line-strong", "paper"),
    ("present", "paper"),
    ("gold-line", "paper"),
    ("celadon-strong", "paper"),
    ("celadon", "celadon-dark"),
]


def _colours() -> dict[str, str]:
    tokens = (FRONTEND / "static/css/tokens.css").read_text()
    named = dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", tokens))
    return {name: value if len(value) == 6 else "".join(2 * digit for digit in value) for name, value in named.items()}


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        channels = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_the_standard_one() -> None:
    assert _contrast("ffffff", "000000") == 21


@pytest.mark.parametrize(("front", "ground"), READ)
def test_text_has_enough_contrast(front: str, ground: str) -> None:
    colours = _colours()
    assert _contrast(colours[front], colours[ground]) >= 4.5


@pytest.mark.parametrize(("front", "ground"), SEEN)
def test_signs_can_be_seen(front: str, ground: str) -> None:
    colours = _colours()
    assert _contrast(colours[front], colours[ground]) >= 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_mirrors_and_finds_its_files(sheet: Path) -> None:
    words = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert PHYSICAL.findall(words) == []
    files = re.findall(r'url\("?([^")]+)"?\)', words)
    assert [name for name in files if not (sheet.parent / name).is_file()] == []
    assert faults(tinycss2.parse_stylesheet(sheet.read_text(), skip_comments=True, skip_whitespace=True)) == []


def faults(nodes: list[Node]) -> list[str]:
    """What a browser ignores silently: line and reason."""
    found = []
    for node in nodes:
        if node.type == "error":
            found.append(f"{node.source_line}: {node.message}")
        elif node.type in {"qualified-rule", "at-rule"} and node.content is not None:
            found += faults(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_has_no_colour_of_its_own(sheet: Path) -> None:
    assert (
        sheet.name == "tokens.css"
        or [f"{rule.selector}: {colour}" for rule in rules(sheet) for colour in raw_colours(rule.content)] == []
    )


def raw_colours(tokens: list[Node]) -> list[str]:
    """Colours that are written out, by number or name, in declarations."""
    found = []
    for token in tokens:
        colour = parse_color(token) if token.type in {"hash", "function", "ident"} else None
        if colour not in (None, "currentcolor") and colour.alpha > 0:
            found.append(token.serialize())
        elif token.type == "function":
            found += raw_colours(token.arguments)
    return found


def test_colours_are_recognised() -> None:
    tokens = tinycss2.parse_component_value_list("#fff rgb(1 2 3 / 0.5) red var(--ink) transparent currentcolor solid")
    assert raw_colours(tokens) == ["#fff", "rgb(1 2 3 / 0.5)", "red"]


def test_pictures_and_the_window_have_colours_of_the_tokens() -> None:
    tokens = set(_colours().values())
    files = [*(FRONTEND / "static/img").glob("*.svg"), FRONTEND / "templates/base.html"]
    used = {colour for file in files for colour in re.findall(r'"#([0-9a-f]{3,6})"', file.read_text())}
    assert {colour if len(colour) == 6 else "".join(2 * digit for digit in colour) for colour in used} - tokens == set()


def test_every_rule_is_for_a_class_that_some_element_has() -> None:
    styled = {name for sheet in SHEETS for rule in rules(sheet) for name in rule.classes}
    assert styled - given_classes() == FOREIGN


def test_every_class_has_a_rule_or_is_looked_for() -> None:
    styled = {name for sheet in SHEETS for rule in rules(sheet) for name in rule.classes}
    assert given_classes() - styled - sought_classes() == set()


def test_the_rules_of_a_class_are_in_one_sheet() -> None:
    """Rules for an element inside another may be in the sheet of the other; those of a class alone are in one sheet."""
    homes = defaultdict(set)
    for sheet in SHEETS:
        for rule in rules(sheet):
            if len(rule.classes) == 1 and "." in rule.subject:
                homes[rule.classes.pop()].add(sheet.name)
    assert {name: sheets - {"print.css"} for name, sheets in homes.items() if len(sheets - {"print.css"}) > 1} == {}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_is_short(sheet: Path) -> None:
    assert len(sheet.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("page", TEMPLATES + LETTERS, ids=lambda page: str(page.relative_to(FRONTEND)))
def test_lines_of_a_template_are_short(page: Path) -> None:
    lines = enumerate(page.read_text().splitlines(), start=1)
    assert [number for number, line in lines if len(line) > LONGEST_LINE] == []


def test_every_sheet_is_loaded_by_a_page_and_pages_load_sheets_that_exist() -> None:
    texts = [page.read_text() for page in TEMPLATES]
    named = {name for text in texts for names in re.findall(r"{% styles (.*?) %}", text) for name in names.split()}
    by_path = {name for text in texts for name in re.findall(r"css/([\w-]+)\.css", text)}
    joined = {Path(name).stem for name in EVERY_PAGE}
    assert {name.strip('"') for name in named} | by_path | joined == {sheet.stem for sheet in SHEETS}


def test_a_page_with_filters_loads_every_sheet_that_has_rules_for_them() -> None:
    """Of "Apply" and "Show results" one is to be seen, which a sheet decides by the width of the window."""
    wanted = {sheet.stem for sheet in SHEETS for rule in rules(sheet) if "filters__apply" in rule.classes}
    shown = {page: page.read_text() for page in TEMPLATES if '{% include "booths/filters.html" %}' in page.read_text()}
    loaded = {page: re.findall(r"{% styles (.*?) %}", text) for page, text in shown.items()}
    pages = {str(page): {name.strip('"') for name in found[0].split()} for page, found in loaded.items() if found}
    assert wanted == {"directory"}
    assert {name for name, sheets in pages.items() if not wanted <= sheets} == set()


def test_every_icon_is_drawn_once_and_only_icons_that_exist_are_used() -> None:
    names = re.findall(r'<symbol id="([\w-]+)"', (FRONTEND / "static/img/icons.svg").read_text())
    assert len(names) == len(set(names))
    used = {name for page in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)"', page.read_text())}
    assert used - set(names) == set()
    assert [page.name for page in TEMPLATES if "icons.svg" in page.read_text()] == []


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda page: str(page.relative_to(FRONTEND)))
def test_template_carries_no_style_or_script_of_its_own(page: Path) -> None:
    words = page.read_text()
    assert re.findall(r"<style|\sstyle=|\son\w+=\"|javascript:", words) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", words) == []
