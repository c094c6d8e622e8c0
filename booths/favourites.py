"""What people mark in a fair to come back to: marking, taking the mark away, and the list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypedDict

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Company
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import Translated
from fairplatform.policy import check, load

from . import queries
from .models import Booth, Favourite, Product

MOST = 500  # in one fair: what a person can still read, print and copy
Kind = Literal["booth", "product"]


class Keys(TypedDict):
    """The primary keys of what a person has marked in a fair."""

    booths: list[int]
    products: list[int]


@dataclass(frozen=True)
class Row:
    """A favourite in the list, the booth it is at, and whether it still is: a closed booth keeps its company's name."""

    favourite: Favourite
    booth: Booth | None
    is_there: bool

    @property
    def kind(self) -> Kind:
        return "booth" if self.favourite.booth_id else "product"

    @property
    def key(self) -> int:
        """Of the booth or product."""
        return self.favourite.booth_id or self.favourite.product_id or 0

    @property
    def company(self) -> Company:
        one = self.favourite
        if one.booth:
            return one.booth.participation.company
        assert one.product
        return one.product.company

    @property
    def name(self) -> Translated:
        product = self.favourite.product
        if product is None:
            return Translated(self.company.name)
        return Translated(product.name if self.is_there else self.favourite.name or self.company.name)

    @property
    def own_path(self) -> str:
        """Of the favourite's own page, where its note is written."""
        return reverse(f"booths:favourite_{self.kind}", args=[self.favourite.fair.slug, self.key])

    @property
    def path(self) -> str:
        """Of the public page of the booth or product; empty when it is no longer at the fair."""
        if not self.is_there:
            return ""
        slug = self.favourite.fair.slug
        if self.favourite.booth:
            return reverse("booths:booth", args=[slug, self.favourite.booth.slug])
        return reverse("booths:product", args=[slug, self.key])


def mark(actor: Actor, *, fair: Fair, kind: Kind, key: int, note: str | None, now: datetime) -> Favourite:
    """Marks a booth or product of the fair; a note of None leaves the one there is.

    Raises Refused("not_found") for what is not shown in the fair and not marked yet, "favourites_full" beyond MOST.
    """
    with transaction.atomic():
        check(actor, "favourites.keep", fair)
        own = Favourite.objects.visible_to(actor.person).filter(fair=fair)
        favourite = own.filter(**{f"{kind}__pk": key}).first()
        if favourite is None:
            _check_shown(actor, fair, kind, key)
            if own.count() >= MOST:
                raise Refused("favourites_full", limit=MOST)
            marked = {f"{kind}_id": key, "fair": fair, "user": actor.person}
            told = {"note": note or "", "marked_at": now, "name": _name_of(kind, key)}
            favourite, _ = Favourite.objects.get_or_create(**marked, defaults=told)
        if note is not None and note != favourite.note:
            favourite.note = note
            favourite.save(update_fields=["note"])
    return favourite


def unmark(actor: Actor, *, fair: Fair, kind: Kind, key: int) -> None:
    """Takes the mark and its note away; nothing happens where there is none."""
    check(actor, "favourites.keep", fair)
    if not find(actor, fair, kind, key):
        _check_shown(actor, fair, kind, key)
    Favourite.objects.visible_to(actor.person).filter(fair=fair, **{f"{kind}__pk": key}).delete()


def find(actor: Actor, fair: Fair, kind: Kind, key: int) -> Favourite | None:
    """The person's own mark on this booth or product, if any."""
    # By __pk no number of an address is too large to be sought; by the foreign key itself SQLite fails.
    return Favourite.objects.visible_to(actor.person).filter(fair=fair, **{f"{kind}__pk": key}).first()


def row_of(actor: Actor, fair: Fair, kind: Kind, key: int) -> Row:
    """One booth or product, marked or not.

    Raises Refused("not_found") where it is neither shown in the fair nor marked.
    """
    favourite = find(actor, fair, kind, key)
    if favourite is None:
        _check_shown(actor, fair, kind, key)
        favourite = Favourite(fair=fair, user=actor.person, **{f"{kind}_id": key})
    return _rows(actor, fair, [favourite])[0]


def rows(actor: Actor, fair: Fair) -> list[Row]:
    """All that the person has marked in the fair, the newest first; in a fixed number of queries."""
    own: QuerySet[Favourite] = Favourite.objects.visible_to(actor.person).filter(fair=fair)
    related = ("fair", "booth__hall", "booth__participation__company", "product__company")
    return _rows(actor, fair, own.select_related(*related).order_by("-marked_at", "-pk"))


def keys(actor: Actor, fair: Fair) -> Keys:
    """What is marked, for the stars of a page."""
    own = Favourite.objects.visible_to(actor.person).filter(fair=fair).order_by("pk").values_list("booth", "product")
    found: Keys = {"booths": [], "products": []}
    for booth, product in own:
        found["booths" if booth else "products"].append(booth or product)
    return found


def _name_of(kind: Kind, key: int) -> Translated:
    """Of a product; a booth is called by its company's name at any time."""
    return Translated() if kind == "booth" else Product.objects.get(pk=key).name


def _check_shown(actor: Actor, fair: Fair, kind: Kind, key: int) -> None:
    if kind == "booth":
        load(Booth, actor, "booth.see", fair=fair, pk=key)
    elif not queries.displays(fair, actor.person).filter(product__pk=key).exists():
        raise Refused("not_found")


def _rows(actor: Actor, fair: Fair, favourites: "QuerySet[Favourite] | list[Favourite]") -> list[Row]:
    booths = {one.booth_id for one in favourites if one.booth_id}
    products = {one.product_id for one in favourites if one.product_id}
    open_booths = set(queries.booths(fair, actor.person).filter(pk__in=booths).values_list("pk", flat=True))
    shown = queries.displays(fair, actor.person).filter(product__in=products)
    displays = {display.product_id: display for display in shown}
    return [
        Row(
            one,
            one.booth or (display.booth if display else None),
            one.booth_id in open_booths or display is not None,
        )
        for one in favourites
        for display in (displays.get(one.product_id or 0),)
    ]
