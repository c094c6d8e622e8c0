"""What commands that solve a schedule are told."""

from argparse import ArgumentTypeError

SECONDS = 60.0  # where no limit is said


def seconds(text: str) -> float:
    """For argparse."""
    try:
        found = float(text)
    except ValueError:
        raise ArgumentTypeError(f"expected seconds, found {text}") from None
    if not 0 <= found < float("inf"):
        raise ArgumentTypeError(f"expected 0 or more seconds, found {text}")
    return found
