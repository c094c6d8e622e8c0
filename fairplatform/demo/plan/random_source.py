"""Repeatable random numbers: one sequence for each subject, so that a change to one subject leaves the others alone."""

from random import Random


def random_for(seed: int, subject: str) -> Random:
    """The generator of this subject, at its beginning."""
    return Random(f"{seed}:{subject}")  # noqa: S311 - repeatable on purpose, protects nothing
