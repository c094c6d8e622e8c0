"""The figures as a report shows them: by group, what both sides confirmed beside what one submitted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from babel.numbers import format_decimal
from django.utils.translation import gettext, override

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.numbers import format_money
from fairplatform.money.rates import Rate

from .definition import Definition, Group, Status, Unit
from .figure import Figure, Part
from .row import Rows

LANGUAGE_OF = {"zh": "zh-hans", "en": "en", "ur": "ur"}
MOST_LANGUAGES = 2
USUAL = ("zh", "en")
PAIRS = ("zh+en", "zh+ur", "en+ur", "zh", "en", "ur")
"""What a page offers to choose from."""


@dataclass(frozen=True)
class Report:
    """What is written in each form. `languages`: one or two, side by side.

    `last`: the fair of the series that was held before, and `before`: its figures, by key.
    """

    rows: Rows
    figures: list[Figure]
    languages: tuple[str, ...]
    last: Fair | None = None
    before: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def fair(self) -> Fair:
        return self.rows.fair

    @cached_property
    def sections(self) -> list["Section"]:
        return sections(self.figures)

    @property
    def demo(self) -> list[str]:
        """That the data are invented, in each of the languages; nothing of a fair that is real."""
        return demo_in(self.fair, self.languages)

    @cached_property
    def rates(self) -> list[Rate]:
        """Those by which figures are converted, each once."""
        return list(dict.fromkeys(one.conversion.rate for one in self.figures if one.conversion))

    def said(self, sentence: Callable[[], object]) -> list[str]:
        """Something in each of the languages."""
        return said_in(self.languages, sentence)


def demo_in(fair: Fair, languages: Iterable[str]) -> list[str]:
    """The mark of invented data, in each of these languages; nothing of a fair that is real."""
    return said_in(languages, lambda: gettext("demo data (fictitious)")) if fair.is_demo else []


def said_in(languages: Iterable[str], sentence: Callable[[], object]) -> list[str]:
    """Something in each of these languages."""
    found = []
    for language in languages:
        with override(language):
            found.append(str(sentence()))
    return found


@dataclass(frozen=True)
class Line:
    """One part of a block, by column: a figure, or None where that column has none."""

    part: Part
    currency: str
    cells: tuple[Figure | None, ...]


@dataclass(frozen=True)
class Block:
    """The figures of one definition. `columns`: how they are known."""

    definition: Definition
    columns: tuple[Status, ...]
    lines: list[Line]

    @property
    def is_divided(self) -> bool:
        return any(line.part.key for line in self.lines)


@dataclass(frozen=True)
class Section:
    group: Group
    blocks: list[Block]


def sections(figures: list[Figure]) -> list[Section]:
    """Every figure once, in their order."""
    blocks: dict[str, list[Figure]] = {}
    for figure in figures:
        blocks.setdefault(figure.definition.stem, []).append(figure)
    made = [_block(own) for own in blocks.values()]
    found = [Section(group, [block for block in made if block.definition.group == group]) for group in Group]
    return [section for section in found if section.blocks]


def _block(figures: list[Figure]) -> Block:
    first = figures[0].definition
    columns = (Status.CONFIRMED, Status.ONE_SIDE) if first.status else (Status.NONE,)
    lines: dict[tuple[str, str], dict[Status, Figure]] = {}
    places = {key: place for place, key in enumerate(dict.fromkeys(figure.part.key for figure in figures))}
    for figure in sorted(figures, key=lambda one: places[one.part.key]):  # a part's currencies together
        lines.setdefault((figure.part.key, figure.currency), {})[figure.definition.status] = figure
    return Block(first, columns, list(_lines(columns, lines)))


def _lines(columns: tuple[Status, ...], lines: dict[tuple[str, str], dict[Status, Figure]]) -> Iterator[Line]:
    for (_part, currency), known in lines.items():
        part = next(iter(known.values())).part
        yield Line(part, currency, tuple(known.get(status) for status in columns))


def value_in_words(figure: Figure) -> str:
    """The exact value in the active language: `USD 31,500`, `1,240`, `35 min`, `4.25`, `85.0%`."""
    if figure.definition.unit == Unit.MONEY:
        return format_money(figure.value, figure.currency)
    if figure.definition.unit == Unit.HUNDREDTHS:
        return f"{figure.value // 100}.{figure.value % 100:02}"
    if figure.definition.unit == Unit.PERCENT:
        return f"{figure.value // 10}.{figure.value % 10}%"
    if figure.definition.unit == Unit.SECONDS:
        return time_in_words(figure.value)
    number = _number(figure.value)
    return gettext("%(count)s min") % {"count": number} if figure.definition.unit == Unit.MINUTES else number


def time_in_words(seconds: int) -> str:
    """`1 min 50 s`."""
    minutes, rest = divmod(seconds, 60)
    return gettext("%(minutes)s min %(seconds)s s") % {"minutes": _number(minutes), "seconds": rest}


def _number(value: int) -> str:
    return str(format_decimal(value, "#,##0", locale="en"))


def asked_languages(values: list[str]) -> list[str]:
    """The languages in the values of an address: `zh+en`, in which a plus arrives as a blank, or once each."""
    return [code for one in values for code in one.replace(" ", "+").split("+")]


def chosen_languages(codes: list[str] | None) -> tuple[str, ...]:
    """Raises Refused("report_languages") unless they are one or two different languages of ours."""
    wanted = codes or list(USUAL)
    if len(wanted) > MOST_LANGUAGES or len(wanted) != len(set(wanted)) or not set(wanted) <= LANGUAGE_OF.keys():
        raise Refused("report_languages")
    return tuple(LANGUAGE_OF[code] for code in wanted)
