"""The figures as JSON, with the keys of their rows and the rows themselves. Amounts are in minor units."""

import json

from fairplatform.i18n.languages import short_language

from ..data import figures_data, instant, rows_data
from ..figure import Figure
from ..tables import Report


def written(report: Report) -> bytes:
    content = {
        "fair": report.fair.slug,
        "demo": report.fair.is_demo,
        "as_at": instant(report.rows.at),
        "last_fair": report.last and report.last.slug,
        "figures": {
            figure.key: data | _in_languages(report, figure)
            for figure, data in zip(report.figures, figures_data(report).values(), strict=True)
        },
        "rows": rows_data(report.rows),
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _in_languages(report: Report, figure: Figure) -> dict[str, object]:
    return {
        "name": {short_language(language): figure.name(language) for language in report.languages},
        "definition": {short_language(language): figure.sentence(language) for language in report.languages},
    }
