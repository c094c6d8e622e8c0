"""The sentences of our own source: templates, Python and the pages' JavaScript, found by GNU xgettext.

For developers and the checks only. JavaScript says `t("…")` and `tn("one", "many", count)`.
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
_SERVER_WORDS = (
    "gettext_lazy", "gettext_noop", "ngettext_lazy:1,2", "pgettext:1c,2", "pgettext_lazy:1c,2",
    "npgettext:1c,2,3", "npgettext_lazy:1c,2,3",
)  # fmt: skip
_PAGE_WORDS = ("t", "tn:1,2")


def template_paths(root: Path) -> list[Path]:
    """The pages and letters of the program, relative to the checkout."""
    return sorted(
        path.relative_to(root) for path in (root / TEMPLATES).rglob("*.*") if path.suffix in {".html", ".txt"}
    )


def server_sentences(root: Path) -> Catalog:
    """What templates and Python say, with the files that say it."""
    programs = [path.relative_to(root) for folder in PYTHON for path in sorted((root / folder).rglob("*.py"))]
    with tempfile.TemporaryDirectory() as folder:
        templates = template_paths(root)
        for path in templates:
            copy = Path(folder, path)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(templatize((root / path).read_text(), origin=str(path)))
        # xgettext takes a file from the first folder that has it, so the rewritten templates come before the tree.
        return _extract([Path(folder), root], [*templates, *programs], "Python", _SERVER_WORDS)


def page_sentences(root: Path) -> Catalog:
    """What the pages' own JavaScript says."""
    scripts = sorted(path.relative_to(root) for path in (root / SCRIPTS).rglob("*.js"))
    return _extract([root], scripts, "JavaScript", _PAGE_WORDS)


def _extract(folders: Sequence[Path], paths: Sequence[Path], syntax: str, words: Sequence[str]) -> Catalog:
    xgettext = shutil.which("xgettext")
    if xgettext is None:
        raise FileNotFoundError("xgettext is missing: install gettext.")
    command = [xgettext, f"--language={syntax}", "--from-code=UTF-8", "--output=-", "--files-from=-"]
    command += ["--add-comments=Translators"]
    command += [f"--directory={folder}" for folder in folders] + [f"--keyword={word}" for word in words]
    done = subprocess.run(command, input="\n".join(map(str, paths)), capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr)
    # With --omit-header xgettext drops every character outside ASCII, so its header is left out here.
    return read_po(done.stdout.partition("\n\n")[2].splitlines())
