"""The tiles of running meetings, large and small: each state has the same look in both sizes."""

import pytest
from playwright.sync_api import Browser

from tests.servers.programs import REPOSITORY

pytestmark = pytest.mark.engines

SHEETS = [REPOSITORY / "frontend/static/css" / name for name in ("tokens.css", "tiles.css")]
STATES = ("in", "missing", "weak")
TILE = '<li><a class="tile" data-first="{0}" data-second="{0}" data-needs><span class="tile__foot">7</span></a></li>'
EDGES = """tile => ["::before", "::after"].flatMap(half => {
    const drawn = getComputedStyle(tile, half);
    return [drawn.borderTopStyle, drawn.borderTopWidth, drawn.borderTopColor];
}).concat(getComputedStyle(tile).backgroundColor)"""


def test_a_missing_side_looks_the_same_on_large_and_small_tiles(browser: Browser) -> None:
    page = browser.new_page()
    tiles = "".join(TILE.format(state) for state in STATES)
    lists = "".join(f'<ul class="tiles {many}">{tiles}</ul>' for many in ("", "tiles--many"))
    page.set_content(f"<style>{''.join(sheet.read_text() for sheet in SHEETS)}</style>{lists}")
    edges = [tile.evaluate(EDGES) for tile in page.query_selector_all(".tile")]
    page.close()
    large, small = edges[:3], edges[3:]
    assert small == large
    assert [edge[0] for edge in large] == ["solid", "double", "dashed"]
