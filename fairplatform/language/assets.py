"""Static files named by their content, the imports between ES modules included."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_SYNTAX, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns  # type: ignore[attr-defined]


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Rewrites `import … from`, `export … from` and `import "…"`, each with its semicolon.

    Not `import("…")`: our pages load nothing late, and in the comments of a script it names a type, not a file.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns: Any = (
        _SYNTAX,
        tuple(each for each in _IMPORTS if r"import\(" not in each[0]),
    )
