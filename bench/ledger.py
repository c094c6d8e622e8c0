"""How long it takes to verify the agreement ledger of a large fair, in CPU seconds of one core."""

import json
import sys
from datetime import date
from time import process_time

from bench.processes import our_servers
from bench.table import Row, at_most, show
from tests.servers.serve import Servers

ENTRIES, AT_ONCE, MOST = 100_000, 5_000, 5.0


def verify_here() -> None:
    """Fills a ledger in the database of this process and verifies it; prints what adding and verifying took."""
    from django.utils import timezone

    from fairplatform.ledger.chain import Addition, append, verify
    from fairplatform.ledger.content import Content, Name
    from tests.factories import make_buyer, make_exhibitor, make_fair

    fair = make_fair()
    parties = [Name("party", dict(one.company.name), one.pk) for one in (make_exhibitor(fair), make_buyer(fair))]
    paper = Content(
        "mou", "document", (*parties, Name.of_text("witness", "商务处")), subject="Supply of padlocks", sector="8301",
        amount_minor=50_000_000, currency="USD", signed_on=date(2020, 5, 13), signed_at="Lahore", source="Signed copy",
        languages=["zh", "en"], prevailing="en",
    )  # fmt: skip
    began = process_time()
    for first in range(0, ENTRIES, AT_ONCE):
        additions = [Addition(paper, f"mou-{number}") for number in range(first, first + AT_ONCE)]
        append(fair.pk, additions, actor=None, now=timezone.now())
    added = process_time()
    found = verify(fair)
    verified = process_time()
    assert (found.entries, found.ok) == (ENTRIES, True)
    sys.stdout.write(json.dumps([added - began, verified - added]))


def measure(servers: Servers) -> list[Row]:
    server = servers("--no-clock", "--no-tasks")
    try:
        printed = server.manage("shell", "--no-imports", "-c", "from bench.ledger import verify_here; verify_here()")
    finally:
        servers.stop()
    added, verified = json.loads(printed)
    return [
        at_most(f"ledger of {ENTRIES:,} entries with three names each: added, CPU", added, "s"),
        at_most(f"ledger of {ENTRIES:,} entries: verified, CPU", verified, "s", MOST),
    ]


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
