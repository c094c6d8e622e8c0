"""Extracts the messages of our own templates, Python and JavaScript, by GNU xgettext.

For developers and the checks only. JavaScript marks a message by `t("…")` and `tn("one", "many", count)`.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PYTHON = ("fairplatform", "chat", "booths", "meetings")
TEMPLATES = Path("frontend/templates")
SCRIPTS = Path("frontend/static/js")
_PYTHON_KEYWORDS = (
    "gettext_lazy", "gettext_noop", "ngettext_lazy:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2",
    "npgettext:1c,2,3", "npgettext_lazy:1c,2,3",
)  # fmt: skip
_JAVASCRIPT_KEYWORDS = ("t", "tn:1,2")


def template_paths(root: Path) -> list[Path]:
    """The templates of pages and letters, relative to the checkout (`root`)."""
    return sorted(
        path.relative_to(root) for path in (root / TEMPLATES).rglob("*.*") if path.suffix in {".html", ".txt"}
    )


def server_messages(root: Path) -> Catalog:
    """The messages of templates and Python, each with the files it is in."""
    modules = [path.relative_to(root) for folder in PYTHON for path in sorted((root / folder).rglob("*.py"))]
    with tempfile.TemporaryDirectory() as folder:
        templates = template_paths(root)
        for path in templates:
            copy = Path(folder, path)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(templatize((root / path).read_text(), origin=str(path)))
        # xgettext reads a path from the first folder that has it: the rewritten templates hide those of the checkout.
        return _extract([Path(folder), root], [*templates, *modules], "Python", _PYTHON_KEYWORDS)


def script_messages(root: Path) -> Catalog:
    """The messages of our JavaScript, each with the files it is in."""
    scripts = sorted(path.relative_to(root) for path in (root / SCRIPTS).rglob("*.js"))
    return _extract([root], scripts, "JavaScript", _JAVASCRIPT_KEYWORDS)


def _extract(folders: Sequence[Path], paths: Sequence[Path], language: str, keywords: Sequence[str]) -> Catalog:
    """Raises FileNotFoundError without xgettext, ValueError with its errors if it fails."""
    xgettext = shutil.which("xgettext")
    if xgettext is None:
        raise FileNotFoundError("xgettext is missing: install gettext.")
    command = [xgettext, f"--language={language}", "--from-code=UTF-8", "--output=-", "--files-from=-"]
    command += ["--add-comments=Translators"]
    command += [f"--directory={folder}" for folder in folders] + [f"--keyword={keyword}" for keyword in keywords]
    done = subprocess.run(command, input="\n".join(map(str, paths)), capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr)
    # The header is removed here: with --omit-header xgettext would drop every character outside ASCII.
    return read_po(done.stdout.partition("\n\n")[2].splitlines())
