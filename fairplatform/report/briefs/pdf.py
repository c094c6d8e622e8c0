"""A brief as PDF: one page of A4, whatever is in it."""

from pathlib import Path

from django.utils.translation import gettext

from fairplatform.i18n.text import Translated, current_language, direction
from fairplatform.i18n.times import format_day

from ..figure import Figure
from ..files.pdf import as_at, compiled, notes_beside, rate_in_words
from ..tables import demo_in, said_in
from .figures import Scope
from .queries import Brief
from .showing import Changed, Row, Table, changed, shown

_BRIEF = Path(__file__).with_name("brief.typ")
Languages = tuple[str, ...]
Content = dict[str, object]


def written(brief: Brief, languages: Languages) -> bytes:
    """In one language, or in two side by side; raises as `files.pdf.compiled`."""
    return compiled(_BRIEF, languages, _content(brief, languages))


def _content(brief: Brief, languages: Languages) -> Content:
    tables = shown(brief)
    explained = [row.figure.definition for table in tables for row in table.rows if row.is_explained]
    return {
        "title": said_in(languages, lambda: gettext("Daily brief")),
        "fair": said_in(languages, lambda: brief.fair.name),
        "demo": demo_in(brief.fair, languages),
        "day": said_in(languages, lambda: format_day(brief.day.date, current_language())),
        "as_at": said_in(languages, lambda: as_at(brief.fair, brief.at)),
        "state": said_in(languages, lambda: _state(brief)),
        "scopes": [said_in(languages, lambda scope=scope: scope.label) for scope in Scope],  # type: ignore[misc]
        "tables": [_table(table, languages) for table in tables],
        "rates": [rate_in_words(rate) for rate in brief.rates],
        "stories": _words(brief.stories, said_in(languages, lambda: gettext("Best stories of the day")), languages),
        "problems": _words(brief.problems, said_in(languages, lambda: gettext("Problems")), languages),
        "corrections_title": said_in(languages, lambda: gettext("Corrections")),
        "corrections": [_correction(one, languages) for one in changed(brief)],
        "definitions": [
            said_in(languages, lambda known=known: f"{known.title}: {known.sentence}")  # type: ignore[misc]
            for known in explained
        ],
    }


def _state(brief: Brief) -> str:
    if brief.approved is None:
        return gettext("Draft, not approved")
    return gettext("Approved by %(person)s") % {"person": brief.approved.approver}


def _table(table: Table, languages: Languages) -> Content:
    return {
        "title": said_in(languages, lambda: table.title),
        "statuses": [_label(status.label, languages) for status in table.statuses],
        "rows": [_row(row, languages) for row in table.rows],
    }


def _label(label: object, languages: Languages) -> list[str]:
    return said_in(languages, lambda: label)


def _row(row: Row, languages: Languages) -> Content:
    return {
        "name": said_in(languages, lambda: _name(row.figure)),
        "values": [{"value": cell.value, "notes": notes_beside(cell.figure, languages)} for cell in row.cells],
    }


def _name(figure: Figure) -> str:
    """Without its status, which its column has."""
    title = str(figure.definition.title)
    return f"{title}: {figure.part.name}" if figure.part.key else title


def _correction(one: Changed, languages: Languages) -> Content:
    names = [f"{name} · {one.scope.label}" for name in map(one.figure.name, languages)]
    was, now = (
        {"value": value, "notes": notes_beside(figure, languages)}
        for value, figure in ((one.was, one.figure_was), (one.now, one.figure_now))
    )
    return {"name": names, "was": was, "now": now}


def _words(words: Translated, title: list[str], languages: Languages) -> Content | None:
    """What people wrote, in its own direction where it is not there in one of the languages."""
    if not words:
        return None
    texts = [words.in_language(language) for language in languages]
    return {"title": title, "texts": [{"text": one.text, "dir": direction(one.lang)} for one in texts]}
