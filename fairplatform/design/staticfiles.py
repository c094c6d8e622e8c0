"""Static files under names with a hash of their content, also in imports between ES modules; every page's sheets."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

_SYNTAX, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns  # type: ignore[attr-defined]
_IMPORTED = re.compile(r"""^(?:import|export)\s[^;"']*["'](\.[^"']+)["'];""", re.MULTILINE)

# The style sheets of every page in their order, and the file they are joined to: one request instead of twenty.
SHEETS = tuple(
    f"css/{name}.css"
    for name in (
        *("tokens", "type", "layout", "header", "clock", "demo-strip", "footer", "menu", "button", "chip", "form"),
        *("table", "tabs", "card", "lattice", "figure", "hall-band", "outcome-row", "empty", "notice", "sheet"),
        "bottom-bar",
    )
)
JOINED = "css/every-page.css"


class HashedFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which also joins the sheets of every page and rewrites the imports of ES modules.

    It rewrites `import … from`, `export … from` and `import "…"`, which must end in a semicolon, but not `import("…")`:
    our pages load nothing dynamically, and in the comments of a script it names a type, not a file.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns: Any = (
        _SYNTAX,
        tuple(each for each in _IMPORTS if r"import\(" not in each[0]),
    )

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            joined = "\n".join(Path(self.path(name)).read_text(encoding="utf-8") for name in SHEETS)
            Path(self.path(JOINED)).write_text(joined, encoding="utf-8")
            paths = {**paths, JOINED: (self, JOINED)}
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[no-untyped-call]


@cache
def imports(name: str) -> tuple[str, ...]:
    """The scripts that a script imports, directly and through others, each once."""
    needed: dict[str, None] = {}
    path = finders.find(name)
    assert path, name
    for imported in _IMPORTED.findall(Path(path).read_text(encoding="utf-8")):
        script = normpath(join(dirname(name), imported))
        needed |= {script: None, **dict.fromkeys(imports(script))}
    return tuple(needed)
