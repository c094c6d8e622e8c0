"""The one table that `make bench` prints. A figure that misses its target is said, and fails nothing."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measurement: the figure, what it stands beside in the same run, and what it should be."""

    what: str
    figure: str
    against: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None


def at_most(what: str, figure: float, unit: str, bound: float | None = None) -> Row:
    """A figure by itself, with or without a bound."""
    if bound is None:
        return Row(what, said(figure, unit))
    return Row(what, said(figure, unit), target=f"≤ {said(bound, unit)}", met=figure <= bound)


def as_fast_as(what: str, figure: float, unit: str, rival: str, theirs: float, bound: float | None = None) -> Row:
    """A cost beside a rival's: how many times as fast we are, with or without a bound."""
    ratio = theirs / figure
    if bound is None:
        return Row(what, said(figure, unit), f"{rival} {said(theirs, unit)}", ratio)
    return Row(what, said(figure, unit), f"{rival} {said(theirs, unit)}", ratio, f"≥ {bound:g} ×", ratio >= bound)


def as_cheap_as(what: str, figure: float, unit: str, rival: str, theirs: float, bound: float | None = None) -> Row:
    """A cost beside a rival's: how many times theirs it is, with or without a bound."""
    ratio = figure / theirs
    if bound is None:
        return Row(what, said(figure, unit), f"{rival} {said(theirs, unit)}", ratio)
    return Row(what, said(figure, unit), f"{rival} {said(theirs, unit)}", ratio, f"≤ {bound:g} ×", ratio <= bound)


def said(figure: float, unit: str) -> str:
    return f"{figure:.3g} {unit}".rstrip() if figure < 100 else f"{figure:,.0f} {unit}".rstrip()


def show(rows: Iterable[Row]) -> None:
    """Prints the rows under their headings, each column as wide as it needs."""
    lines = [("what", "figure", "against", "ratio", "target", "")]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        met = {None: "", True: "met", False: "missed"}[row.met]
        lines.append((row.what, row.figure, row.against, ratio, row.target, met))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        sys.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n")
    sys.stdout.flush()
