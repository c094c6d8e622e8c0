"""How long the first page of a search among 72,000 products takes the server, in three languages, on both databases."""

import csv
import json
import random
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.processes import our_servers
from bench.table import Row, at_most, show
from tests.servers.command import manage
from tests.servers.postgres_server import running_postgres
from tests.servers.serve import Servers

COMPANIES, PRODUCTS = 3_500, 72_000
MOST_MILLISECONDS, MOST_FOR_SUGGESTIONS = 20, 10
COMMON = ("hardware", "works", "五金", "厂", "84", "wo", "steel", "hardware works")
SEARCHES = 100  # products of which ten queries each are asked
PRODUCTS_FILE = Path(__file__).parents[1] / "fairplatform/demo/fair/products.csv"
MADE_OF = ("Brass", "Steel", "Stainless", "Aluminium", "Copper", "Nylon", "PVC", "Zinc", "Rubber", "Carbon steel")


def make_products() -> list[dict[str, str]]:
    """The products of the demonstration over and over, each in other materials and with another article number."""
    with PRODUCTS_FILE.open(newline="") as file:
        kinds = list(csv.DictReader(file))
    random.seed(72_000)
    return [
        {
            **kinds[number % len(kinds)],
            "article": f"YL-{number}",
            "name_en": f"{random.choice(MADE_OF)} {kinds[number % len(kinds)]['name_en']}",  # noqa: S311
        }
        for number in range(PRODUCTS)
    ]


def fill() -> int:
    """A fair with all of them; returns its key."""
    from django.db import connection

    from booths.models import Booth, Display, Product
    from fairplatform.accounts.models import Company
    from fairplatform.db.sql import execute
    from fairplatform.db.statistics import refresh_statistics
    from fairplatform.fairs.models import Participation
    from tests.factories import make_fair

    fair = make_fair(state="open")
    hall = fair.halls.get(number=1)
    companies = Company.objects.bulk_create(
        Company(slug=f"c{number}", name={"en": f"Hardware Works {number}", "zh-hans": f"五金厂{number}"}, country="CN")
        for number in range(COMPANIES)
    )
    rows = Participation.objects.bulk_create(
        Participation(fair=fair, company=company, sells=True, state="approved") for company in companies
    )
    booths = Booth.objects.bulk_create(
        Booth(fair=fair, participation=row, hall=hall, slug=row.company.slug, number=str(at))
        for at, row in enumerate(rows, 1)
    )
    products = Product.objects.bulk_create(
        Product(
            company=companies[number % COMPANIES],
            article=cells["article"],
            name={"en": cells["name_en"], "zh-hans": cells["name_zh"], "ur": cells["name_ur"]},
            description={"en": cells["description_en"], "zh-hans": cells["description_zh"]},
            hs6=cells["hs"].replace(".", ""),
        )
        for number, cells in enumerate(make_products())
    )
    Display.objects.bulk_create(
        Display(booth=booths[number % COMPANIES], product=product, rank=number // COMPANIES)
        for number, product in enumerate(products)
    )
    if connection.vendor == "postgresql":
        execute("VACUUM")  # as its autovacuum does a minute later: the indexes of words wait for it
    refresh_statistics()
    return fair.pk


def queries() -> list[str]:
    """Names, single words, beginnings of words, HS codes and article numbers, as people type them."""
    found = []
    for cells in make_products()[:: PRODUCTS // SEARCHES]:
        english = cells["name_en"].replace('"', "").split()
        found += [
            " ".join(english[:3]), english[1], english[-1][:4], cells["name_zh"], cells["name_zh"][-2:],
            cells["name_ur"], cells["name_ur"].split()[0], cells["hs"], cells["hs"][:4], cells["article"],
        ]  # fmt: skip
    return [query for query in found if query.strip()]


def search_here() -> None:
    """Prints the milliseconds of each search: of the search page's rows, and of those of the list of products."""
    from booths.filtering import displays_by_relevance
    from booths.queries import ANYBODY, cards
    from booths.searching import PER_PAGE, search
    from booths.suggesting import suggestions
    from fairplatform.fairs.models import Fair

    fair = Fair.objects.get(pk=fill())

    def products(query: str) -> None:
        shown = cards(fair, ANYBODY)
        shown.in_bulk(displays_by_relevance(shown, {"q": query}, PER_PAGE)[:PER_PAGE])

    acts: dict[str, Callable[[str], object]] = {
        "page": lambda query: search(fair, ANYBODY, query),
        "list": products,
        "suggestions": lambda query: suggestions(fair, ANYBODY, query),
    }
    usual = {name: sorted(milliseconds(act, query) for query in queries()) for name, act in acts.items()}
    common = max(min(milliseconds(acts["page"], query) for _ in range(5)) for query in COMMON)
    sys.stdout.write(json.dumps({**usual, "common": common}))


def milliseconds(act: Callable[[str], object], query: str) -> float:
    began = perf_counter()
    act(query)
    return (perf_counter() - began) * 1000


def rows(database: str, environment: Mapping[str, str]) -> list[Row]:
    script = "from bench.search import search_here; search_here()"
    taken = json.loads(manage("shell", "--no-imports", "-c", script, environment=environment).stdout)

    def p95(name: str) -> float:
        return float(taken[name][int(len(taken[name]) * 0.95)])

    among = f"{PRODUCTS:,} products, {database}"
    return [
        at_most(f"search among {among}: p95", p95("page"), "ms", MOST_MILLISECONDS),
        at_most("the list of products, searched: p95", p95("list"), "ms", MOST_MILLISECONDS),
        at_most("suggestions: p95", p95("suggestions"), "ms", MOST_FOR_SUGGESTIONS),
        at_most("search for a word of all products: the slowest", taken["common"], "ms"),
    ]


def measure(servers: Servers) -> list[Row]:
    """Of SQLite and of a PostgreSQL of its own."""
    server = servers("--no-clock", "--no-tasks")
    server.stop()
    found = rows("SQLite", server.environment)
    with running_postgres() as postgres, TemporaryDirectory() as folder:
        environment = {"DATA_DIR": folder, "DATABASE_URL": postgres.empty()}
        manage("migrate", "--verbosity", "0", environment=environment)
        return found + rows("PostgreSQL", environment)


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
