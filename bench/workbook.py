"""How long the workbook of a large fair takes, and how much memory: 3,500 companies, 25,000 people and 72,000 products,
written, read and checked, and stored on SQLite in one transaction, for which everybody who writes waits.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.processes import our_servers
from bench.table import Row, at_most, show
from tests.servers.serve import Servers

COMPANIES, PEOPLE, PRODUCTS = 3_500, 25_000, 72_000
MOST_SECONDS, MOST_MEBIBYTES, MOST_SECONDS_STORING = 180, 500, 15
HALLS = 9


def halls() -> Iterator[dict[str, object]]:
    for number in range(HALLS):
        yield {"number": number + 1, "name_en": f"Hall {number + 1}"}


def companies() -> Iterator[dict[str, object]]:
    for number in range(COMPANIES):
        yield {
            "key": f"c-{number}", "name_en": f"Hardware Works {number}", "name_zh": f"五金厂{number}", "country": "CN",
            "city_en": "Yongkang", "city_zh": "永康", "sells": True, "buys": False, "kind": "manufacturer",
            "hall": number % HALLS + 1, "booth": str(number + 1), "legal_name": f"永康市五金制造有限公司{number}",
            "contact_name_zh": "李强", "contact_mobile": f"+86138{number:08}", "contact_position": "sales",
            "founded": 2001, "employees": 120, "story_en": f"A maker of locks and tools, number {number}. " * 4,
            "story_zh": f"锁具和工具制造企业，编号{number}。" * 4, "sells_hs": ["8301", "8205", "732393"],
            "cooperation": ["goods", "agency"], "desks": 2, "max_meetings": 12,
        }  # fmt: skip


def people() -> Iterator[dict[str, object]]:
    for number in range(PEOPLE):
        yield {
            "key": f"p-{number}", "name_en": f"Person {number}", "name_zh": f"人员{number}", "role": "staff",
            "company": f"c-{number % COMPANIES}", "position": "sales", "decides": number % 2 == 0,
            "email": f"person{number}@example.com", "mobile": f"+86139{number:08}", "wechat": f"wx{number}",
            "write_in": "zh", "speaks": ["zh", "en"], "country": "CN", "salutation": "mr",
        }  # fmt: skip


def products() -> Iterator[dict[str, object]]:
    for number in range(PRODUCTS):
        yield {
            "company": f"c-{number % COMPANIES}", "article": f"YL-{number}", "name_en": f"Padlock {number}",
            "name_zh": f"挂锁{number}", "hs": "830110", "moq": 3000, "unit": "pcs", "pieces_per_carton": 120,
            "lead_days": 30, "price_low": Decimal("0.85"), "price_high": Decimal("1.1"), "currency": "USD",
            "incoterm": "FOB", "place": "ningbo", "certificates": ["ISO 9001", "CE"],
            "description_en": f"Brass padlock with three keys, model {number}",
        }  # fmt: skip


def peak_mebibytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def import_here() -> None:
    """Imports the workbook into a new fair in the database of this process; prints what that took."""
    from django.utils import timezone

    from fairplatform.workbook.importing import plan_import, store_plan
    from fairplatform.workbook.reading import read
    from fairplatform.workbook.writing import write
    from tests.factories import make_fair

    fair = make_fair(state="draft")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fair.xlsx"
        began = time.perf_counter()
        write(path, {"halls": halls(), "companies": companies(), "people": people(), "products": products()})
        written = time.perf_counter()
        plan = plan_import(read(path), fair)
        checked, mebibytes = time.perf_counter(), peak_mebibytes()
    store_plan(plan, now=timezone.now())
    stored = time.perf_counter()
    created = plan.counts("created")
    assert [created[sheet] for sheet in ("companies", "people", "products")] == [COMPANIES, PEOPLE, PRODUCTS]
    sys.stdout.write(json.dumps([written - began, checked - written, mebibytes, stored - checked, peak_mebibytes()]))


def measure(servers: Servers) -> list[Row]:
    server = servers("--no-clock", "--no-tasks")
    try:
        script = "from bench.workbook import import_here; import_here()"
        printed = server.manage("shell", "--no-imports", "-c", script)
    finally:
        servers.stop()
    written, checked, mebibytes, stored, most = json.loads(printed)
    return [
        at_most("workbook of a large fair: written", written, "s"),
        at_most("workbook of a large fair: read and checked", checked, "s", MOST_SECONDS),
        at_most("memory for it", mebibytes, "MiB", MOST_MEBIBYTES),
        at_most("workbook of a large fair: stored", stored, "s", MOST_SECONDS_STORING),
        at_most("memory in the end", most, "MiB"),
    ]


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
