"""How long schedules take, in CPU seconds of one core, and how good they are: made-up fairs, a re-run, and published
instances of the B2B meeting scheduling problem (JAIR 2022, article 12670), which are no part of the project: they are
measured where `B2B_INSTANCES` names the folder with their .dzn files.
"""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import process_time

from bench.generated_fairs import large_fair, matching_day, station, with_preferences
from bench.table import Row, at_most, formatted, show
from fairplatform.scheduling.draft import Draft
from fairplatform.scheduling.grid import Grid
from fairplatform.scheduling.preferring import prefer_hours, suited
from fairplatform.scheduling.problem import Problem, Schedule
from fairplatform.scheduling.reading import read
from fairplatform.scheduling.rerun import rerun
from fairplatform.scheduling.solving import MOST_TO_PREFER, Solution, solve
from fairplatform.scheduling.watch import Watch
from tests.servers.serve import Servers

FAIRS: tuple[tuple[str, Callable[[], Problem], float], ...] = (
    ("300 meetings, 8 interpreters, two calendars", station, 5),
    ("1,700 meetings in a day", matching_day, 20),
    ("10,000 meetings", large_fair, 20),
)
MOST_TO_PROVE, SHORT, MOST_MOVED = 23.3, 2.0, 2
CANCELLATIONS = 20
# The fewest breaks of each instance, as published.
OPTIMA = {"tic-12": 0, "tic-13": 0, "tic-13crafc": 4, "tic-14crafa": 0, "forumt-14": 5, "forum-13": 0}


def solved(problem: Problem, seconds: float | None) -> tuple[Solution, float]:
    began = process_time()
    return solve(problem, Watch(seconds, clock=process_time)), process_time() - began


def of_fair(name: str, problem: Problem, most: float) -> list[Row]:
    solution, seconds = solved(problem, most)
    placed = len(solution.schedule)
    return [
        at_most(f"schedule of {name}: CPU", seconds, "s", most),
        Row(
            "placed of what is proved possible",
            formatted(placed, ""),
            f"bound {formatted(solution.most, '')}",
            placed / solution.most,
            "the same",
            placed == solution.most,
        ),
        Row("breaks", formatted(solution.breaks, ""), f"bound {formatted(solution.bound, '')}"),
        *of_preferences(with_preferences(problem), solution.schedule),
    ]


def of_preferences(problem: Problem, schedule: Schedule) -> list[Row]:
    """Of a schedule that was made without them."""
    draft = Draft(Grid(problem), schedule)
    began = process_time()
    after = prefer_hours(draft, Random(1), Watch(), MOST_TO_PREFER)  # noqa: S311
    seconds = process_time() - began
    found = zip(("both", "one at least"), suited(problem, schedule), suited(problem, after.schedule()), strict=True)
    rows = [
        Row(f"in hours that suit {name}", formatted(now, ""), f"before {formatted(was, '')}")
        for name, was, now in found
    ]
    return [*rows, Row("preferred hours: CPU", formatted(seconds, "s"))]


def of_cancellations(problem: Problem) -> list[Row]:
    """Of some meetings, each cancelled alone."""
    schedule = solve(problem, Watch(5, clock=process_time)).schedule
    cancelled = sorted(schedule)[:: len(schedule) // CANCELLATIONS]
    began = process_time()
    moved = max(len(rerun(problem, schedule, cancelled={number}).moved) for number in cancelled)
    return [
        at_most("re-run after a cancellation: CPU", (process_time() - began) / len(cancelled), "s"),
        at_most("others that move: at most", moved, "", MOST_MOVED),
    ]


def of_instances(folder: Path) -> list[Row]:
    rows = []
    for file in sorted(folder.glob("*.dzn")):
        problem, optimum = read(file), OPTIMA.get(file.stem)
        proof, seconds = solved(problem, 2 * MOST_TO_PROVE)
        quick, _seconds = solved(problem, SHORT)
        is_met = proof.status == "optimal" and seconds <= MOST_TO_PROVE and optimum in (None, proof.breaks)
        best = proof.breaks if optimum is None else optimum
        rows += [
            Row(
                f"{file.stem}: {proof.breaks} breaks, {proof.status}: CPU",
                formatted(seconds, "s"),
                target=f"≤ {MOST_TO_PROVE} s, proved",
                met=is_met,
            ),
            at_most(f"{file.stem}: breaks above the fewest after {SHORT:g} s", quick.breaks - best, "", 1),
        ]
    return rows


def measure(_servers: Servers | None = None) -> list[Row]:
    rows = [row for name, make, most in FAIRS for row in of_fair(name, make(), most)]
    rows += of_cancellations(station())
    folder = os.environ.get("B2B_INSTANCES")
    return rows + of_instances(Path(folder)) if folder else rows


if __name__ == "__main__":
    show(measure())
