"""Problems and their solutions as JSON (docs/schedule-files.md)."""

import json
from collections.abc import Sequence
from itertools import islice
from json.decoder import JSONDecodeError
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, ValidationError

from .malformed import Malformed
from .problem import MOST_SLOTS, Interpreter, InvalidProblem, Meeting, Party, Problem, Schedule
from .reasons import Reason
from .solving import Solution

Count = Annotated[StrictInt, Field(ge=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartyRow(_Strict):
    slots: list[Count] | None = None
    desks: Annotated[StrictInt, Field(ge=1)] = 1
    ceiling: Count | None = None
    floor: Count = 0
    preferred: list[Count] | None = None


class InterpreterRow(_Strict):
    languages: list[StrictStr]
    slots: list[Count] | None = None
    a_day: Count | None = None


class MeetingRow(_Strict):
    parties: Annotated[list[Count], Field(min_length=2, max_length=2)]
    must: StrictBool = False
    slots: list[Count] | None = None
    slot: Count | None = None
    interpreting: Literal["required", "welcome", "none"] = "none"
    languages: StrictStr = ""
    interpreter: Count | None = None
    after: list[Count] = []


class ProblemFile(_Strict):
    days: Annotated[list[Count], Field(min_length=1)]
    parties: list[PartyRow]
    meetings: list[MeetingRow]
    interpreters: list[InterpreterRow] = []
    rooms: Count | list[Count] | None = None
    reserve: list[Count] = []
    pauses: list[Count] = []
    in_a_row: Annotated[StrictInt, Field(ge=1)] = 3
    rest: Count = 1
    apart: Count = 0
    fairness: Count | None = None
    whole: StrictBool = False


def read_json(text: str) -> Problem:
    """Raises `Malformed`."""
    try:
        return _problem(ProblemFile.model_validate(json.loads(text)))
    except JSONDecodeError as error:
        raise Malformed(error.lineno, f"expected JSON: {error.msg}, column {error.colno}") from None
    except RecursionError:
        raise Malformed(1, "expected JSON that is not nested so deeply") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = tuple(first["loc"])
        raise Malformed(line_of(text, where), _expected(first, where)) from None
    except InvalidProblem as error:
        raise Malformed(line_of(text, error.where), str(error).rstrip(".")) from None
    except ValueError:
        raise Malformed(1, "expected numbers of fewer digits") from None


def _expected(error: Any, where: Sequence[str | int]) -> str:
    # Of a field that may be one of several types, the path leads on to the type.
    name = ".".join(str(step) for step in where if "constrained-int" not in str(step)) or "the file"
    if error["type"] == "missing":
        return f"expected the field {name}"
    if error["type"] == "extra_forbidden":
        return f"expected no field {name}"
    if error["type"] == "model_type":
        return f"expected an object in {name}"
    return f"expected {error['msg'].removeprefix('Input should be ').removeprefix('Value error, ')} in {name}"


def _problem(file: ProblemFile) -> Problem:
    every = (day for day, slots in enumerate(file.days) for _ in range(slots))
    days = tuple(islice(every, MOST_SLOTS + 1))
    if len(days) > MOST_SLOTS:
        raise InvalidProblem(f"Expected {MOST_SLOTS} slots or fewer.", ("days",))
    everything = frozenset(range(len(days)))

    def slots(given: Sequence[int] | None) -> frozenset[int]:
        return everything if given is None else frozenset(given)

    return Problem(
        days=days,
        parties=tuple(
            Party(slots(row.slots), row.desks, row.ceiling, row.floor, _set(row.preferred)) for row in file.parties
        ),
        meetings=tuple(map(_meeting, file.meetings)),
        interpreters=tuple(
            Interpreter(frozenset(row.languages), slots(row.slots), row.a_day) for row in file.interpreters
        ),
        rooms=(file.rooms,) * len(days) if isinstance(file.rooms, int) else _tuple(file.rooms),
        reserve=frozenset(file.reserve),
        pauses=frozenset(file.pauses),
        in_a_row=file.in_a_row,
        rest=file.rest,
        apart=file.apart,
        fairness=file.fairness,
        whole=file.whole,
    )


def _set(slots: Sequence[int] | None) -> frozenset[int] | None:
    return None if slots is None else frozenset(slots)


def _tuple(rooms: Sequence[int] | None) -> tuple[int, ...] | None:
    return None if rooms is None else tuple(rooms)


def _meeting(row: MeetingRow) -> Meeting:
    return Meeting(
        one=row.parties[0],
        other=row.parties[1],
        must=row.must,
        slots=_set(row.slots),
        slot=row.slot,
        interpreting=row.interpreting,
        languages=row.languages,
        interpreter=row.interpreter,
        after=tuple(row.after),
    )


def line_of(text: str, where: Sequence[str | int]) -> int:
    """The line of what is at a path in JSON; of the last that is there where the path leads further."""
    at = _skip(text, 0)
    for step in where:
        found = _inside(text, at, step)
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1


def _inside(text: str, at: int, step: str | int) -> int | None:
    """Where the field or the element of what begins at `at` begins."""
    is_object, decoder, number = text[at] == "{", json.JSONDecoder(), 0
    if text[at] not in "{[":
        return None
    at = _skip(text, at + 1)
    while text[at] not in "}]":
        key: str | int = number
        if is_object:
            key, at = decoder.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        if key == step:
            return at
        _value, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
        number += 1
    return None


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n\r":
        at += 1
    return at


def schedule_as_data(schedule: Schedule) -> list[list[int]]:
    return [[number, schedule[number].slot] for number in sorted(schedule)]


def solution_as_data(solution: Solution) -> dict[str, Any]:
    """All that a solution says."""
    return {
        "status": solution.status,
        "breaks": solution.breaks,
        "breaks_bound": solution.bound,
        "placed": len(solution.schedule),
        "placed_bound": solution.most,
        "schedule": [
            {"meeting": number, "slot": placed.slot, "interpreter": placed.interpreter}
            for number, placed in sorted(solution.schedule.items())
        ],
        "not_placed": [{"meeting": number} | _reason(reason) for number, reason in solution.reasons.items()],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {name: getattr(reason, name) for name in Reason.__slots__}
