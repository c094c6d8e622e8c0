"""The published format of the B2B meeting scheduling problem: data of MiniZinc, of which these files use a little.

Numbers are from 1 there, 0 is none. `meetingsxBusiness` and `nMeetingsBusiness` follow from the rest and are not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .malformed import Malformed
from .problem import MOST_SLOTS, InvalidProblem, Meeting, Party, Problem

FAIRNESS = 2
SESSIONS = 3
MOST_DIGITS = 9
_TOKEN = re.compile(r"%[^\n]*|\s+|(?P<token>[A-Za-z_]\w*|-?\d+|\[\||\|\]|[\[\]{}|,;=])")
_NAMES = ("nBusiness", "nMeetings", "nTables", "nTotalSlots", "nMorningSlots", "requested", "forbidden", "fixed")


@dataclass(frozen=True)
class _Token:
    text: str
    line: int


def read_dzn(text: str) -> Problem:
    """Raises `Malformed`."""
    tokens = list(_tokens(text))
    last = text.rstrip().count("\n") + 1
    reader = _Reader(tokens, last)
    while reader.has_more():
        reader.assignment()
    for name in _NAMES:
        if name not in reader.lines:
            raise Malformed(last, f"expected {name} before the end of the file")
    return _Values(reader).problem()


def _tokens(text: str) -> Iterator[_Token]:
    at, line = 0, 1
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Malformed(line, f"expected a name, a number or a bracket, found {text[at]!r}")
        if match["token"]:
            yield _Token(match["token"], line)
        line += match[0].count("\n")
        at = match.end()


Row = list["_Number"]


@dataclass(frozen=True)
class _Number:
    value: int
    line: int


class _Reader:
    """Assignments: of a number, of a list of numbers or of sets `[{1,2}, {}]`, or of a table `[|1,2|3,4|]`."""

    def __init__(self, tokens: list[_Token], last: int) -> None:
        self._tokens, self._at, self._last = tokens, 0, last
        self.numbers: dict[str, _Number] = {}
        self.rows: dict[str, list[Row]] = {}
        self.lines: dict[str, int] = {}

    def has_more(self) -> bool:
        return self._at < len(self._tokens)

    def assignment(self) -> None:
        name = self._next("a name")
        if not name.text[0].isalpha():
            raise Malformed(name.line, f"expected a name, found {name.text}")
        if name.text in self.lines:
            raise Malformed(name.line, f"expected each name once, found {name.text} again")
        self._expect("=")
        self.lines[name.text] = name.line
        first = self._next("a number or a list")
        if first.text == "[":
            self.rows[name.text] = list(self._list())
        elif first.text == "[|":
            self.rows[name.text] = list(self._table())
        else:
            self.numbers[name.text] = self._number(first)
        self._expect(";")

    def _next(self, expected: str) -> _Token:
        if not self.has_more():
            raise Malformed(self._last, f"expected {expected}, found the end of the file")
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> str:
        return self._tokens[self._at].text if self.has_more() else ""

    def _expect(self, text: str) -> _Token:
        found = self._next(text)
        if found.text != text:
            raise Malformed(found.line, f"expected {text}, found {found.text}")
        return found

    def _number(self, token: _Token) -> _Number:
        if not token.text.lstrip("-").isdecimal():
            raise Malformed(token.line, f"expected a number, found {token.text}")
        if len(token.text) > MOST_DIGITS:
            raise Malformed(token.line, f"expected a number of fewer digits, found {token.text[:40]}")
        return _Number(int(token.text), token.line)

    def _numbers_until(self, *ends: str) -> Iterator[_Number]:
        """Numbers with commas between, and one after the last where somebody likes that."""
        while self._peek() not in ends:
            yield self._number(self._next(f"a number or {ends[0]}"))
            if self._peek() not in ends:
                self._expect(",")

    def _list(self) -> Iterator[Row]:
        while self._peek() != "]":
            if self._peek() == "{":
                opened = self._next("{")
                row = list(self._numbers_until("}"))
                self._expect("}")
                yield row or [_Number(0, opened.line)]
            else:
                yield [self._number(self._next("a number or ]"))]
            if self._peek() != "]":
                self._expect(",")
        self._next("]")

    def _table(self) -> Iterator[Row]:
        while self._peek() != "|]":
            row = list(self._numbers_until("|", "|]"))
            if row:
                yield row
            if self._peek() == "|":
                self._next("|")
                if self._peek() == "]":  # the two may stand apart
                    self._next("]")
                    return
        self._next("|]")


class _Values:
    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self.parties = self._count("nBusiness", 0)
        self.meetings = self._count("nMeetings", 0)
        self.tables = self._count("nTables", 0)
        self.slots = self._count("nTotalSlots", 1)
        if self.slots > MOST_SLOTS:
            line = reader.lines["nTotalSlots"]
            raise Malformed(line, f"expected nTotalSlots of {MOST_SLOTS} or fewer, found {self.slots}")
        self.morning = self._count("nMorningSlots", 0)
        if self.morning > self.slots:
            line = reader.lines["nMorningSlots"]
            raise Malformed(line, f"expected nMorningSlots of at most {self.slots}, found {self.morning}")

    def problem(self) -> Problem:
        everything = frozenset(range(self.slots))
        forbidden = self._rows("forbidden", self.parties, self.slots, "slot")
        fixed = self._rows("fixed", self.meetings, self.slots, "slot")
        for row in self._list("fixed", self.meetings):
            if len(row) > 1:
                raise Malformed(
                    row[0].line, f"expected one slot or 0 for each meeting in fixed, found {len(row)} numbers"
                )
        earlier: list[tuple[int, ...]] = [()] * self.meetings
        if "precedences" in self._reader.lines:
            earlier = self._rows("precedences", self.meetings, self.meetings, "meeting")
        requested = self._requested()
        meetings = tuple(
            Meeting(
                one=one - 1,
                other=other - 1,
                slots=self._session(session),
                slot=next(iter(fixed[number]), None),
                after=earlier[number],
            )
            for number, (one, other, session) in enumerate(requested)
        )
        parties = tuple(Party(everything - set(row)) for row in forbidden)
        rooms = (self.tables,) * self.slots
        try:
            return Problem((0,) * self.slots, parties, meetings, rooms=rooms, fairness=FAIRNESS, whole=True)
        except InvalidProblem as fault:
            raise self._malformed(fault) from None

    def _malformed(self, fault: InvalidProblem) -> Malformed:
        """A circle, by the meeting where it begins, counted as in the file: all else has been read with its line."""
        if not fault.where:
            return Malformed(self._reader.lines["requested"], str(fault).rstrip("."))
        number = int(fault.where[1])
        line = self._list("precedences", self.meetings)[number][0].line
        return Malformed(line, f"expected an order in precedences, found meeting {number + 1} in a circle")

    def _session(self, session: int) -> frozenset[int] | None:
        if session == SESSIONS:
            return None
        return frozenset(range(self.morning) if session == 1 else range(self.morning, self.slots))

    def _count(self, name: str, least: int) -> int:
        number = self._reader.numbers.get(name)
        if number is None:
            raise Malformed(self._reader.lines[name], f"expected a number for {name}")
        if number.value < least:
            raise Malformed(number.line, f"expected {name} of {least} or more, found {number.value}")
        return number.value

    def _list(self, name: str, count: int) -> list[Row]:
        rows = self._reader.rows.get(name)
        if rows is None or len(rows) != count:
            found = "a number" if rows is None else len(rows)
            raise Malformed(self._reader.lines[name], f"expected {count} entries in {name}, found {found}")
        return rows

    def _rows(self, name: str, count: int, most: int, of: str) -> list[tuple[int, ...]]:
        """Entries of numbers from 1 to `most`, here from 0; 0 is none."""
        for row in self._list(name, count):
            for number in row:
                if not 0 <= number.value <= most:
                    raise Malformed(
                        number.line, f"expected a {of} from 1 to {most} or 0 in {name}, found {number.value}"
                    )
        return [tuple(n.value - 1 for n in row if n.value) for row in self._list(name, count)]

    def _requested(self) -> list[tuple[int, int, int]]:
        found = []
        for row in self._list("requested", self.meetings):
            line = row[0].line
            if len(row) != 3:
                raise Malformed(line, f"expected two participants and a session in requested, found {len(row)} numbers")
            one, other, session = (number.value for number in row)
            if not (0 < one <= self.parties and 0 < other <= self.parties and one != other):
                raise Malformed(
                    line, f"expected two different participants from 1 to {self.parties}, found {one} and {other}"
                )
            if not 1 <= session <= SESSIONS:
                raise Malformed(line, f"expected session 1 (morning), 2 (afternoon) or 3 (either), found {session}")
            found.append((one, other, session))
        return found
