"""The figures as JSON, with the keys of their rows and the rows themselves. Amounts are in minor units."""

import json

from fairplatform.i18n.languages import short_language

from ..data import figure_data, instant, rows_data
from ..figures import Figure
from ..tables import Report


def written(report: Report) -> bytes:
    content = {
        "fair": report.fair.slug,
        "as_at": instant(report.rows.at),
        "figures": {figure.key: figure_data(figure) | _in_languages(report, figure) for figure in report.figures},
        "rows": rows_data(report.rows),
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _in_languages(report: Report, figure: Figure) -> dict[str, object]:
    return {
        "name": {short_language(language): figure.name(language) for language in report.languages},
        "definition": {short_language(language): figure.sentence(language) for language in report.languages},
    }
