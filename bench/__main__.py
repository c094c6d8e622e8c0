"""`make bench`: runs each benchmark in turn and prints one table of all their figures."""

import sys
from time import perf_counter

from bench import (
    acks,
    backup,
    confirm,
    fan_out,
    first_picture,
    first_visit,
    hall_page,
    joins,
    ledger,
    matching,
    report,
    schedule,
    search,
    workbook,
)
from bench.processes import our_servers
from bench.table import Row, show

PROGRAMS = [
    fan_out, acks, joins, hall_page, first_picture, first_visit, backup, workbook, search, schedule, matching, ledger,
    report, confirm,
]  # fmt: skip


def main() -> None:
    rows: list[Row] = []
    started = perf_counter()
    with our_servers() as servers:
        for program in PROGRAMS:
            sys.stderr.write(f"{program.__name__} …\n")
            rows += program.measure(servers)
    show(rows)
    sys.stdout.write(f"In {perf_counter() - started:.0f} s.\n")


if __name__ == "__main__":
    main()
