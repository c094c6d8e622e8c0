"""How long reading and checking the workbook of a large fair takes, and how much memory: 3,500 companies, 25,000 people
and 72,000 products.
"""

import os
import resource
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from bench.table import at_most, show

COMPANIES, PEOPLE, PRODUCTS = 3_500, 25_000, 72_000
MOST_SECONDS, MOST_MEBIBYTES = 180, 500


def companies() -> Iterator[dict[str, object]]:
    for number in range(COMPANIES):
        yield {
            "key": f"c-{number}", "name_en": f"Hardware Works {number}", "name_zh": f"五金厂{number}", "country": "CN",
            "city_en": "Yongkang", "city_zh": "永康", "sells": True, "buys": False, "kind": "manufacturer",
            "hall": number % 9 + 1, "booth": f"A-{number}", "legal_name": f"永康市五金制造有限公司{number}",
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


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairplatform.settings")
    django.setup()
    from fairplatform.workbook.rows import read
    from fairplatform.workbook.writing import write

    with TemporaryDirectory() as folder:
        path = Path(folder) / "fair.xlsx"
        began = time.process_time()
        write(path, {"companies": companies(), "people": people(), "products": products()})
        written = time.process_time()
        workbook = read(path)
        seconds = time.process_time() - written
    assert sum(map(len, workbook.rows.values())) == COMPANIES + PEOPLE + PRODUCTS, len(workbook.findings)
    show(
        [
            at_most("Workbook of a large fair, written", written - began, "s"),
            at_most("Workbook of a large fair, read and checked", seconds, "s", MOST_SECONDS),
            at_most("Memory for it", peak_mebibytes(), "MiB", MOST_MEBIBYTES),
        ]
    )
    sys.stdout.write(f"{len(workbook.findings)} findings\n")


if __name__ == "__main__":
    main()
