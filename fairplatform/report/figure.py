"""A figure of the report, and how one is made of rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from fairplatform.ledger.kinds import Kind
from fairplatform.money.rates import Conversion
from meetings.figures.shares import average_hundredths, share_tenths

from .definition import Definition
from .definitions import DEFINITIONS
from .row import CompanyRow

NOT_GIVEN = "-"


class Part(NamedTuple):
    """What a figure of a breakdown is of: its key, and its name in whatever language is active."""

    key: str
    name: object


WHOLE = Part("", "")


@dataclass(frozen=True)
class Figure:
    """`value`: in the definition's unit; of money, minor units of `currency`.

    `rows`: the keys of the rows that it is of, each once. `hidden`: of how many of them it does not have the amount,
    because a party hides it (ledger/hidden.py). `conversion`: of money, what it comes to by a rate of the fair.
    """

    definition: Definition
    value: int
    rows: tuple[str, ...]
    part: Part = WHOLE
    currency: str = ""
    hidden: int = 0
    conversion: Conversion | None = None

    @property
    def key(self) -> str:
        return ":".join(filter(None, (self.definition.key, self.part.key, self.currency)))

    def name(self, language: str) -> str:
        """`Exhibitors by county: Yongkang`, in a language."""
        with override(language):
            title = str(self.definition.title)
            title = f"{title} ({self.definition.status.label})" if self.definition.status else title
            return f"{title}: {self.part.name}" if self.part.key else title

    def sentence(self, language: str) -> str:
        """Its definition in a language."""
        with override(language):
            return str(self.definition.sentence)


def number(key: str, rows: Iterable[str], part: Part = WHOLE) -> Figure:
    found = tuple(dict.fromkeys(rows))
    return Figure(DEFINITIONS[key], len(found), found, part)


def divided(key: str, rows: Iterable[tuple[Part, str]], *, whole: bool = False) -> Iterator[Figure]:
    """A figure for each part, the largest first; nothing if no row has a part. `whole`: parts in the order given."""
    keys: dict[str, list[str]] = defaultdict(list)
    parts: dict[str, Part] = {}
    for part, row in rows:
        parts.setdefault(part.key, part)
        keys[part.key].append(row)
    if set(parts) <= {NOT_GIVEN}:
        return
    figures = [number(key, keys[name], part) for name, part in parts.items()]
    if not whole:
        figures.sort(key=lambda figure: (figure.part.key == NOT_GIVEN, -figure.value, figure.part.key))
    yield from figures


def part_of(key: str, name: object) -> Part:
    return Part(key, name) if key else Part(NOT_GIVEN, _("not given"))


def by(key: str, companies: list[CompanyRow], part: Callable[[CompanyRow], Part]) -> Iterator[Figure]:
    return divided(key, ((part(one), one.key) for one in companies))


def choice(labels: dict[str, Promise], value: str) -> Part:
    """A choice by its label; what was written in its place as it is."""
    return part_of(value, labels.get(value, value))


def share(key: str, of: Iterable[str], rows: Iterable[str], part: Part = WHOLE) -> Figure:
    """How many of these rows are those, in tenths of a percent; a figure of all rows, at least one."""
    whole = tuple(dict.fromkeys(rows))
    return Figure(DEFINITIONS[key], share_tenths(len(set(of)), len(whole)), whole, part)


def mean(key: str, values: Iterable[int], rows: Iterable[str], part: Part = WHOLE) -> Figure:
    """Of values one for each row, in hundredths."""
    whole = tuple(rows)
    return Figure(DEFINITIONS[key], average_hundredths(sum(values), len(whole)), whole, part)


OUTCOMES: dict[str, Promise] = {kind.value: kind.label for kind in Kind}
