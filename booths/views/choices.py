"""The choices of the filters: only what some booth or product has, read once for everybody."""

from typing import Any

from booths import queries
from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import Fair, Hall

from .list_pages import ANYBODY

Choices = dict[str, list[Any]]


def booth_choices(fair: Fair, hall: Hall | None = None) -> Choices:
    """For the exhibitors of the fair or of one hall."""

    def read() -> Choices:
        booths = queries.booths(fair, ANYBODY, hall)
        shown = queries.displays(fair, ANYBODY)
        shown = shown if hall is None else shown.filter(booth__hall=hall)
        countries, cities = queries.places(booths, "participation__company")
        return {
            "heading": queries.codes(shown),
            "country": countries,
            "city": cities,
            "certificate": queries.certificates(shown),
            "currency": queries.currencies(shown),
            "unit": queries.units(shown),
            "kind": queries.kinds(booths, "participation__company"),
            **({} if hall else {"hall": hall_choices(fair)}),
        }

    return cached(("booths.choices", fair.pk, hall and hall.pk), read)


def product_choices(fair: Fair) -> Choices:
    """For the products of the fair."""

    def read() -> Choices:
        shown = queries.displays(fair, ANYBODY)
        countries, cities = queries.places(shown, "product__company")
        return {
            "hall": hall_choices(fair),
            "heading": queries.codes(shown),
            "country": countries,
            "city": cities,
            "certificate": queries.certificates(shown),
            "currency": queries.currencies(shown),
            "unit": queries.units(shown),
        }

    return cached(("booths.product_choices", fair.pk), read)


def hall_choices(fair: Fair) -> list[tuple[str, str]]:
    """Number and name of every hall."""
    return cached(("booths.halls", fair.pk), lambda: [(str(hall.number), str(hall.name)) for hall in fair.halls.all()])
