"""What the page of a list's columns shows: its first rows, and what each column probably is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from fairplatform.workbook.lists.grids import Grid
from fairplatform.workbook.lists.headers import MOST_ABOVE, propose, titles
from fairplatform.workbook.lists.preview import grid_of
from fairplatform.workbook.models import ListMemory, WorkbookImport

from .list_forms import ColumnsForm, FixedForm, PlaceForm

SHOWN = 15  # rows
SAMPLES = 3


@dataclass(frozen=True)
class ListColumn:
    """A column of the list: its letter, title and first values, and the field that says what it is."""

    letter: str
    title: str
    is_hidden: bool
    samples: list[str]
    field: BoundField


class ColumnsPage:
    """The forms of the page. `asked`: which sheet and row of titles, if somebody has chosen them; `data`: a POST."""

    def __init__(self, shown: WorkbookImport, asked: Any, data: Any = None) -> None:
        sheets, guess = shown.preview["sheets"], self._guess(shown)
        number = self._number(asked.get("sheet"), range(len(sheets)), guess["sheet"])
        self.grid: Grid = grid_of(sheets[number])
        above = list(self.grid.rows)[:MOST_ABOVE]
        likely = guess["header"] if number == guess["sheet"] else sheets[number]["header"]
        self.header = self._number(asked.get("header"), above, likely)
        place = {"sheet": number, "header": self.header}
        self.place = PlaceForm(place, titles=[one["title"] for one in sheets], rows=above)
        memory = ListMemory.objects.filter(unit=shown.unit).first() if shown.unit else None
        self.titles = titles(self.grid, self.header)
        proposed = propose(self.titles, memory.columns if memory else {}, self.grid.hidden.columns)
        self.columns = ColumnsForm(data, titles=self.titles, proposed=proposed)
        initial = self._fixed(shown, memory)
        hidden = sum(one > self.header for one in sheets[number].get("hidden_rows", ()))
        self.fixed = FixedForm(data, fair=shown.fair, initial=initial, hidden=hidden, has_hall=not shown.by_delegate)

    def is_valid(self) -> bool:
        """Checks all its forms, so that each shows what is wrong in it."""
        if not all([self.place.is_valid(), self.columns.is_valid(), self.fixed.is_valid()]):
            return False
        given = {meaning.column for meaning in self.columns.columns().values()} | self.fixed.values().keys()
        if not given & {"sells", "buys"}:
            self.fixed.add_error("sells", str(_("Choose whether they sell, buy or both.")))
        if "city" not in given:
            self.fixed.add_error("city", str(_("There is no city column. Enter the city of these companies.")))
        return not self.fixed.errors

    @property
    def context(self) -> dict[str, Any]:
        letters = list(self.titles)
        rows = [(number, [cells.get(column, "") for column in letters]) for number, cells in self.grid.rows.items()]
        return {
            "place": self.place,
            "columns_form": self.columns,
            "fixed": self.fixed,
            "titles_row": self.header,
            "preview": rows[:SHOWN],
            "columns": [self._column(column) for column in letters],
        }

    def _column(self, column: int) -> ListColumn:
        values = (
            str(cells[column]) for number, cells in self.grid.rows.items() if number > self.header and column in cells
        )
        samples, field = list(dict.fromkeys(values))[:SAMPLES], self.columns[f"column_{column}"]
        # So that its input is described by them.
        field.help_text = " · ".join(samples)
        is_hidden = column in self.grid.hidden.columns
        return ListColumn(get_column_letter(column), self.titles[column], is_hidden, samples, field)

    @staticmethod
    def _guess(shown: WorkbookImport) -> dict[str, int]:
        """What was chosen before, else what the file looks like."""
        if shown.choice:
            return {"sheet": shown.choice["sheet"], "header": shown.choice["header"]}
        number = shown.preview["sheet"]
        return {"sheet": number, "header": shown.preview["sheets"][number]["header"]}

    @staticmethod
    def _number(text: Any, among: Iterable[int], otherwise: int) -> int:
        """What is asked for, if it is there."""
        return next((number for number in among if str(number) == text), otherwise)

    @staticmethod
    def _fixed(shown: WorkbookImport, memory: ListMemory | None) -> dict[str, Any]:
        """What held for the unit's last list, else what is likely."""
        if memory:
            return dict(memory.fixed)
        country = shown.unit.country if shown.unit else shown.fair.host_country
        return {"country": country, "sells": country == shown.fair.host_country}
