"""A company's own products or people as the sheet that it can import again."""

from pathlib import Path

from django.db import transaction

from fairplatform.fairs.models import Participation

from ..exporting import readable
from ..keys import KeyBook
from ..planning.of_company import NOT_OF_COMPANY, OfCompany
from ..planning.report import Report
from ..sheets import SHEETS
from ..stored import STORED_SHEETS
from ..writing import write


def write_own(company: Participation, sheet: str, path: Path) -> None:
    """Writes an .xlsx file with the rows of one sheet that the company may change, to be filled in further."""
    write(path, {sheet: own_rows(company, sheet)}, [sheet], NOT_OF_COMPANY)


@transaction.atomic
def own_rows(company: Participation, sheet: str) -> list[dict[str, object]]:
    """The cells of each row, in the types that reading a file gives; none that an import would refuse."""
    bounds, keys = OfCompany(company, Report([])), KeyBook()
    elsewhere = bounds.elsewhere(None, company.fair)
    own = {
        name: bounds.own(name, bounds.read(stored, company.fair, keys, elsewhere))
        for name, stored in STORED_SHEETS.items()
        if name in ("halls", "companies", sheet)
    }
    cells = [{name: cell for name, cell in one.values.items() if name not in NOT_OF_COMPANY} for one in own[sheet]]
    return readable(SHEETS[sheet], cells)
