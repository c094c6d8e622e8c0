"""What the style sheets say: their rules, and the classes that templates, scripts and Python give to elements."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tinycss2
from tinycss2.ast import Node

REPOSITORY = Path(__file__).resolve().parents[2]
FRONTEND = REPOSITORY / "frontend"
SHEETS = sorted((FRONTEND / "static/css").glob("*.css"))
# Letters have styles of their own: mail programs load no sheet.
LETTERS = sorted((FRONTEND / "templates/letters").iterdir())
TEMPLATES = sorted(set((FRONTEND / "templates").rglob("*.html")) - set(LETTERS))
SCRIPTS = sorted((FRONTEND / "static/js").rglob("*.js"))
# The Python that writes HTML.
DRAWING = sorted((REPOSITORY / "fairplatform").glob("*/templatetags/*.py")) + [
    REPOSITORY / "fairplatform/design" / name for name in ("lattice.py", "seal.py")
]
_NESTING = {"layer", "media", "container", "supports"}
_CLASS = re.compile(r"\.([a-z][\w-]*)")
_CLASSES = re.compile(r"\s*(?:[a-z][\w-]*\s+)*[a-z]+(?:-[a-z]+)*(?:__|--)[a-z-]+")
_HAS = re.compile(r":has\((?:[^()]|\([^()]*\))*\)")
_TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}")


@dataclass(frozen=True)
class Rule:
    """One selector of a rule, and the declarations between its braces."""

    selector: str
    content: list[Node]

    @property
    def classes(self) -> set[str]:
        return set(_CLASS.findall(self.selector))

    @property
    def subject(self) -> str:
        """The part of the selector that names the styled element itself, without what it must contain."""
        return re.split(r"[\s>+~](?![^(\[]*[)\]])", _HAS.sub("", self.selector))[-1]


def rules(sheet: Path) -> Iterator[Rule]:
    yield from _rules(tinycss2.parse_stylesheet(sheet.read_text(), skip_comments=True, skip_whitespace=True))


def _rules(nodes: list[Node]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            for selector in re.split(r",(?![^(]*\))", tinycss2.serialize(node.prelude)):
                yield Rule(selector.strip(), node.content)
        elif node.type == "at-rule" and node.lower_at_keyword in _NESTING and node.content is not None:
            yield from _rules(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))


def given_classes() -> set[str]:
    """Every class that some element may get: no name is put together from pieces, so that each can be found."""
    return _of_templates() | _of_scripts() | _of_python()


def _of_templates() -> set[str]:
    attributes = [
        value for page in TEMPLATES for value in re.findall(r'\sclass="((?:{[%{].*?[%}]}|[^"{])*)"', page.read_text())
    ]
    attributes += [
        value
        for page in TEMPLATES
        for value in re.findall(r"{% block (?:body|main)_class %}(.*?){% endblock %}", page.read_text())
    ]
    # A tag in the middle of a name would leave a piece of it behind, which no sheet has.
    return {name for value in attributes for name in _TEMPLATE_TAG.sub(" ", value).split()}


def _of_scripts() -> set[str]:
    text = "\n".join(script.read_text() for script in SCRIPTS)
    values = re.findall(
        r'(?:\bclass: |className = |classList\.add\(|classList\.toggle\(|icon\("[\w-]+", )"([^"]*)"', text
    )
    return {name for value in values for name in value.split()}


def _of_python() -> set[str]:
    """Classes in `class="…"`, and strings like "icon icon--small"; docstrings are not looked at."""
    names: set[str] = set()
    for module in DRAWING:
        tree = ast.parse(module.read_text())
        statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
                names |= {name for value in re.findall(r'class="([^"{]*)"', node.value) for name in value.split()}
                if _CLASSES.fullmatch(node.value):
                    names |= set(node.value.split())
    return names


def sought_classes() -> set[str]:
    """Classes by which scripts and tests find an element."""
    readers = [*SCRIPTS, *(REPOSITORY / "tests").rglob("*.py")]
    strings = (text for reader in readers for text in re.findall(r"(['\"`])(.*?)\1", reader.read_text()))
    return {name for _, text in strings for name in _CLASS.findall(text)}
