"""What the modules of planning share: the rows of a file on their way to changes, and what is known of the fair."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from fairplatform.fairs.models import Fair
from fairplatform.fairs.sharing import Elsewhere

from ..keys import KeyBook
from ..reading import Workbook
from ..row import Row
from ..stored import Change, Stored
from .cities import Cities
from .directory import Directory
from .foreign import Namesakes
from .report import Report
from .situation import Situation


@dataclass(slots=True)
class Draft:
    """A row of the file on its way to a change."""

    row: Row
    values: dict[str, object]
    stored: Stored | None = None
    invites: int | None = None
    is_invited: bool = False

    @property
    def number(self) -> int:
        return self.row.number


@dataclass
class Planning:
    """One workbook and the fair it is compared with, as far as the sheets have been gone through."""

    workbook: Workbook
    fair: Fair | None
    elsewhere: Elsewhere
    """The fairs whose companies and people are not for this import to change."""
    report: Report
    cities: Cities
    organisers: frozenset[int] = frozenset()
    """The roles of those who can organise the fair."""
    keys: KeyBook = field(default_factory=KeyBook)
    directory: Directory = field(default_factory=Directory)
    stored: dict[str, list[Stored]] = field(default_factory=dict)
    changes: dict[str, list[Change]] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)
    """The keys of companies that belong to another fair, too or only."""
    invited: set[str] = field(default_factory=set)
    """The keys of those that have not accepted to take part in this one."""
    namesakes: Namesakes = field(default_factory=dict)
    """The companies of other fairs that have the registration numbers of the file."""
    with_booth: set[object] = field(default_factory=set)
    """The keys of companies that have a booth or get one."""

    def __post_init__(self) -> None:
        self.before = Situation(lambda sheet: (one.values for one in self.stored[sheet]))
        self.after = Situation(self.effective)

    def effective(self, sheet: str) -> Iterator[dict[str, object]]:
        """The rows of a sheet as they will be once the workbook is stored."""
        changed = {id(change.stored) for change in self.changes[sheet] if change.stored}
        yield from (one.values for one in self.stored[sheet] if id(one) not in changed)
        yield from (change.values for change in self.changes[sheet])

    def rows(self, sheet: str) -> list[tuple[Row, Change]]:
        """The rows of the file with what they change."""
        by_number = {row.number: row for row in self.workbook.rows.get(sheet, [])}
        return [(by_number[change.number], change) for change in self.changes[sheet]]
