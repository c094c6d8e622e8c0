"""Runs axe-core, the accessibility checker, on a page."""

from typing import Any

from playwright.sync_api import Page

from tests.servers.programs import REPOSITORY

SOURCE = REPOSITORY / "node_modules/axe-core/axe.min.js"
# WCAG 2.0, 2.1 and 2.2, levels A and AA, and axe's own best practices.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(found => found.violations)"


def violations(page: Page) -> list[str]:
    """`rule (impact) selector: why`, one line for each element that breaks a rule.

    From the top of the page: a conversation is scrolled to its end, where the header lies over what stands above it.
    """
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.evaluate(SOURCE.read_text())
    rules: list[dict[str, Any]] = page.evaluate(_RUN, TAGS)
    return [_line(rule, node) for rule in rules for node in rule["nodes"]]


def _line(rule: dict[str, Any], node: dict[str, Any]) -> str:
    why = " ".join(node["failureSummary"].split())
    return f"{rule['id']} ({rule['impact']}) {' '.join(map(str, node['target']))}: {why}"
