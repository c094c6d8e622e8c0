"""Chance that comes out the same every time: one sequence per subject, so that one subject never shifts another."""

from random import Random


def chance(seed: int, subject: str) -> Random:
    """A sequence of its own for the subject."""
    return Random(f"{seed}:{subject}")  # noqa: S311 - drawn to be repeated, guards nothing
