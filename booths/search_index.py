"""Booths, products and demands are found by what their company is called and where it is, which may change without
them."""

from collections.abc import Collection

from fairplatform.db.sql import chunks

from .models import Booth, Demand, Product

COLUMNS = ["search_title", "search"]


def index_again(companies: Collection[int]) -> None:
    """Makes the searchable texts of these companies' booths and demands, in all their fairs, and products anew."""
    for some in chunks(sorted(set(companies))):
        of_companies = {"participation__company__in": some}
        booths = Booth.objects.filter(**of_companies).select_related("participation__company")
        demands = Demand.objects.filter(**of_companies).select_related("participation__company")
        products = Product.objects.filter(company__in=some).select_related("company")
        # One statement for each that inserts or, as each has its row already, updates.
        Booth.objects.bulk_create(booths, update_conflicts=True, unique_fields=["pk"], update_fields=COLUMNS)
        Demand.objects.bulk_create(demands, update_conflicts=True, unique_fields=["pk"], update_fields=COLUMNS)
        Product.objects.bulk_create(products, update_conflicts=True, unique_fields=["pk"], update_fields=COLUMNS)
