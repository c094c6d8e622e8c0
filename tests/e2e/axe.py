"""axe-core over a page as it stands: what of it keeps out people who do not see, point or hear as others do."""

from typing import Any

from playwright.sync_api import Page

from tests.servers.programs import REPOSITORY

SOURCE = REPOSITORY / "node_modules/axe-core/axe.min.js"
# WCAG 2.0, 2.1 and 2.2, A and AA, and what axe knows of good practice beyond them.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(found => found.violations)"


def violations(page: Page) -> list[str]:
    """`rule (impact) selector: why`, one line for each thing that breaks a rule."""
    page.evaluate(SOURCE.read_text())
    found: list[dict[str, Any]] = page.evaluate(_RUN, TAGS)
    return [_line(rule, node) for rule in found for node in rule["nodes"]]


def _line(rule: dict[str, Any], node: dict[str, Any]) -> str:
    why = " ".join(node["failureSummary"].split())
    return f"{rule['id']} ({rule['impact']}) {' '.join(map(str, node['target']))}: {why}"
