"""Shares and means as integers, so that each is rounded in one way wherever it is shown. Pure."""


def share_tenths(part: int, whole: int) -> int:
    """A part of a whole in tenths of a percent; half of one is rounded up."""
    return (2000 * part + whole) // (2 * whole)


def average_hundredths(total: int, number: int) -> int:
    """The mean of numbers that add up to `total`, in hundredths; half of one is rounded up."""
    return (200 * total + number) // (2 * number)
