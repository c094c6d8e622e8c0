"""The style sheets: contrasts that can be read, nothing tied to left or right, no file that is not there."""

import re
from pathlib import Path

import pytest
import tinycss2
from tinycss2.ast import Node

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
SHEETS = sorted((FRONTEND / "static/css").glob("*.css"))
TEMPLATES = sorted((FRONTEND / "templates").rglob("*.html"))
PHYSICAL = re.compile(
    r"(?<![-\w])(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![-\w])(?:left|right|top|bottom|float)\s*:"
    r"|text-align\s*:\s*(?:left|right)"
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
    found = dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", tokens))
    return {name: value if len(value) == 6 else "".join(2 * digit for digit in value) for name, value in found.items()}


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
def test_words_can_be_read(front: str, ground: str) -> None:
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
    """What a browser would pass over without a word: line and reason."""
    found = []
    for node in nodes:
        if node.type == "error":
            found.append(f"{node.source_line}: {node.message}")
        elif node.type in {"qualified-rule", "at-rule"} and node.content is not None:
            found += faults(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))
    return found


def test_pages_load_sheets_that_exist() -> None:
    loaded = {name for page in TEMPLATES for name in re.findall(r"css/([\w-]+\.css)", page.read_text())}
    assert loaded - {sheet.name for sheet in SHEETS} == set()


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
