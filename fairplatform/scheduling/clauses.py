"""Clauses for a MaxSAT solver, and how to say in them how many of some literals are true."""

from collections.abc import Iterable, Sequence

from pysat.card import CardEnc, EncType
from pysat.formula import WCNF, IDPool

MANY = 6  # from so many literals on, "at most one" is counted instead of said of each pair


class Clauses:
    def __init__(self) -> None:
        self.formula = WCNF()
        self._pool = IDPool()

    def literal(self) -> int:
        """A new one."""
        return int(self._pool.id())

    def add(self, clause: list[int]) -> None:
        self.formula.append(clause)

    def prefer(self, clause: list[int], weight: int) -> None:
        """What it costs if a clause is not satisfied."""
        self.formula.append(clause, weight=weight)

    def at_most(self, literals: Sequence[int], bound: int) -> None:
        if len(literals) <= bound:
            return
        if bound == 0:
            for literal in literals:
                self.add([-literal])
            return
        counted = EncType.pairwise if bound == 1 and len(literals) <= MANY else EncType.seqcounter
        self.extend(CardEnc.atmost(lits=list(literals), bound=bound, vpool=self._pool, encoding=counted).clauses)

    def at_least(self, literals: Sequence[int], bound: int) -> None:
        if bound > len(literals):
            self.impossible()
        elif bound > 0:
            counted = CardEnc.atleast(lits=list(literals), bound=bound, vpool=self._pool, encoding=EncType.seqcounter)
            self.extend(counted.clauses)

    def exactly(self, literals: Sequence[int], count: int) -> None:
        if count > len(literals):
            self.impossible()
        elif count == len(literals):
            self.extend([literal] for literal in literals)
        else:
            counted = CardEnc.equals(lits=list(literals), bound=count, vpool=self._pool, encoding=EncType.seqcounter)
            self.extend(counted.clauses)

    def extend(self, clauses: Iterable[list[int]]) -> None:
        for clause in clauses:
            self.add(clause)

    def impossible(self) -> None:
        never = self.literal()
        self.extend([[never], [-never]])

    def even(self, literals: Sequence[int], bound: int) -> None:
        """An even number of them, and at most so many: each meeting makes two parties busy."""
        outputs = self.counted(literals, bound + 1)
        self.extend([-output] for output in outputs[bound:])
        self.extend([-odd, even] for odd, even in zip(outputs[::2], outputs[1::2], strict=False))

    def counted(self, literals: Sequence[int], most: int) -> list[int]:
        """A totalizer: literals of which the k-th is true just if at least k of the given are."""
        if len(literals) < 2:
            return list(literals)
        half = len(literals) // 2
        left, right = self.counted(literals[:half], most), self.counted(literals[half:], most)
        sums = [self.literal() for _ in range(min(most, len(left) + len(right)))]
        for i in range(len(left) + 1):
            for j in range(len(right) + 1):
                both = [-literal for literal in (*left[i - 1 : i], *right[j - 1 : j])] if i + j else []
                if 0 < i + j <= len(sums):
                    self.add([*both, sums[i + j - 1]])
                if i + j < len(sums):
                    self.add([*left[i : i + 1], *right[j : j + 1], -sums[i + j]])
        return sums
