"""The table that `make bench` prints. A figure that misses its target is marked, and the run does not fail."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measurement: the figure, what it is compared with in the same run (`against`), and its target."""

    what: str
    figure: str
    against: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None


def at_most(what: str, figure: float, unit: str, bound: float | None = None) -> Row:
    """A figure that is compared with nothing, with or without an upper bound."""
    if bound is None:
        return Row(what, formatted(figure, unit))
    return Row(what, formatted(figure, unit), target=f"≤ {formatted(bound, unit)}", met=figure <= bound)


def as_fast_as(what: str, figure: float, unit: str, rival: str, theirs: float, bound: float | None = None) -> Row:
    """A cost compared with a rival's: `ratio` says how many times as fast ours is, `bound` is its minimum."""
    ratio = theirs / figure
    if bound is None:
        return Row(what, formatted(figure, unit), f"{rival} {formatted(theirs, unit)}", ratio)
    return Row(
        what, formatted(figure, unit), f"{rival} {formatted(theirs, unit)}", ratio, f"≥ {bound:g} ×", ratio >= bound
    )


def as_cheap_as(what: str, figure: float, unit: str, rival: str, theirs: float, bound: float | None = None) -> Row:
    """A cost compared with a rival's: `ratio` says how many times theirs ours is, `bound` is its maximum."""
    ratio = figure / theirs
    if bound is None:
        return Row(what, formatted(figure, unit), f"{rival} {formatted(theirs, unit)}", ratio)
    return Row(
        what, formatted(figure, unit), f"{rival} {formatted(theirs, unit)}", ratio, f"≤ {bound:g} ×", ratio <= bound
    )


def formatted(figure: float, unit: str) -> str:
    return f"{figure:.3g} {unit}".rstrip() if figure < 100 else f"{figure:,.0f} {unit}".rstrip()


def show(rows: Iterable[Row]) -> None:
    """Prints the rows under a heading, each column as wide as its longest cell."""
    lines = [("what", "figure", "against", "ratio", "target", "")]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        met = {None: "", True: "met", False: "missed"}[row.met]
        lines.append((row.what, row.figure, row.against, ratio, row.target, met))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        sys.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n")
    sys.stdout.flush()
