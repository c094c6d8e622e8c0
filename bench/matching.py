"""How long it takes to find who of a large fair meets whom, in CPU seconds of one core."""

from random import Random
from time import process_time

from bench.table import Row, at_most, formatted, show
from fairplatform.matching.assignment import Candidate, Quota, assign
from tests.servers.serve import Servers

SELLERS, BUYERS, EACH, MUSTS = 3_500, 21_000, 50, 0.005
MOST = 5.0


def made_up(random: Random) -> list[Candidate]:
    """Fifty candidates for each company, on the average: sellers have more, for there are fewer of them."""
    pairs = {(seller, buyer) for buyer in range(BUYERS) for seller in random.sample(range(SELLERS), EACH)}
    return [Candidate(*pair, random.randint(15, 180), random.random() < MUSTS) for pair in sorted(pairs)]


def measure(_servers: Servers | None = None) -> list[Row]:
    sellers, buyers = [Quota(4, 40)] * SELLERS, [Quota(1, 8)] * BUYERS
    candidates = made_up(Random(1))  # noqa: S311
    began = process_time()
    found = assign(sellers, buyers, candidates)
    seconds = process_time() - began
    name = f"exact matching of {SELLERS:,} with {BUYERS:,}, {len(candidates):,} candidates: CPU"
    return [at_most(name, seconds, "s", MOST), Row("meetings matched", formatted(len(found.chosen), ""))]


if __name__ == "__main__":
    show(measure())
