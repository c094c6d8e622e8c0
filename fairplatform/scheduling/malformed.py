class Malformed(Exception):
    """A file that is no problem: the line, from 1, and what was expected there."""

    def __init__(self, line: int, expected: str) -> None:
        super().__init__(f"Line {line}: {expected}.")
        self.line, self.expected = line, expected
