"""The pictures and documents of a company, its products and demands: adding, naming, ordering and removing them."""

from datetime import datetime
from math import ceil
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet, Sum

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Company
from fairplatform.accounts.rate_limits import count
from fairplatform.errors import Refused
from fairplatform.files import uploads
from fairplatform.files.actions import add_file, give
from fairplatform.files.contents import Content, take_in
from fairplatform.files.kinds import DOCUMENTS, PICTURES, Accepted
from fairplatform.files.models import File, Rendition, Upload
from fairplatform.files.storage import temporary
from fairplatform.files.uploads import Declared
from fairplatform.i18n.text import Translated
from fairplatform.policy import load

from .models import Attachment, Booth, Demand, Product
from .models.attachment import SINGLE
from .own_booth import lock_own

Place = Attachment.Place
COMPANY_MEGABYTES = 500
# That a company may send within a day, also of what it removes again: the disk keeps that for a day.
SENT_MEGABYTES, A_DAY = 4 * COMPANY_MEGABYTES, 24 * 60 * 60  # seconds
MEGABYTE = 1024**2
MOST = {Place.GALLERY: 24, Place.DOCUMENT: 12}
MOST_OF_DEMAND = 6
OF_DEMAND = "demand"  # before a demand's key, in the purpose of an upload


class Target(NamedTuple):
    """Where a file is to go: a place at a company or at one of its products or demands, which the caller has loaded."""

    company: Company
    product: Product | None
    place: str
    demand: Demand | None = None

    @classmethod
    def of(cls, upload: Upload) -> "Target | None":
        """Where an upload is to go, by its purpose; None where its product or demand is gone, and of no company."""
        if upload.company is None:
            return None
        place, *of = upload.purpose.split()
        product = demand = None
        if of[:1] == [OF_DEMAND]:
            demand = Demand.objects.filter(participation__company=upload.company_id, pk=of[1]).first()
        elif of:
            product = Product.objects.filter(company=upload.company_id, pk=of[0]).first()
        return None if of and not (product or demand) else cls(upload.company, product, place, demand)

    @property
    def accepted(self) -> Accepted:
        return DOCUMENTS if self.place == Place.DOCUMENT else PICTURES

    @property
    def purpose(self) -> str:
        """As an upload keeps it."""
        if self.demand:
            return f"{self.place} {OF_DEMAND} {self.demand.pk}"
        return f"{self.place} {self.product.pk}" if self.product else self.place

    @property
    def most(self) -> int | None:
        """How many files it has room for, if that is limited."""
        return MOST_OF_DEMAND if self.demand else MOST.get(Place(self.place))

    def attachments(self) -> "QuerySet[Attachment]":
        return self.company.attachments.filter(product=self.product, demand=self.demand, place=self.place)


def begin_upload(actor: Actor, *, target: Target, declared: Declared, now: datetime) -> Upload:
    """Raises Refused("place_full"), or what `uploads.begin` raises."""
    _check_room(target)
    return uploads.begin(
        actor,
        company=target.company,
        purpose=target.purpose,
        accepted=target.accepted,
        declared=declared,
        room=room(target.company),
        now=now,
    )


def finish_upload(actor: Actor, *, company: Company, demand: Demand | None, upload: UUID, now: datetime) -> Attachment:
    """Puts what has arrived in its place. `demand`: which the caller has loaded to add a picture; None: to no demand.

    Raises Refused("not_found") for what goes elsewhere, and where its product or demand is gone; "place_full",
    "company_full", "uploads_often", or what `uploads.taken_in` raises.
    """
    whole = load(Upload, actor, "upload.send", pk=upload)
    target = Target.of(whole)
    if target is None or whole.company_id != company.pk or target.demand != demand:
        raise Refused("not_found")
    _check_sent(company)
    content = uploads.taken_in(whole, target.accepted)
    _count_sent(company, whole.size)
    with transaction.atomic():
        # Of two tabs that finish it at once, one does.
        uploads.give_up(actor, upload=upload)
        return _attach(actor, target, whole.name, content, now)


def attach(actor: Actor, *, target: Target, name: str, content: bytes, now: datetime) -> Attachment:
    """Puts a file that came with a form in its place."""
    _check_room(target)
    if len(content) > room(target.company):
        raise Refused("company_full")
    _check_sent(target.company)
    with temporary(content) as source:
        taken = take_in(source, target.accepted, target.company.pk)
    _count_sent(target.company, len(content))
    with transaction.atomic():
        return _attach(actor, target, name, taken, now)


def _attach(actor: Actor, target: Target, name: str, content: Content, now: datetime) -> Attachment:
    """A logo or banner takes the place of the one that was there, and its title; others come last."""
    file = add_file(owner=target.company, name=name, content=content, by=actor.person, now=now)
    _lock(target.company)
    _check_there(actor, target)
    title = Translated()
    if target.place in SINGLE:
        for old in target.attachments():
            title = old.title
            old.delete()
    _check_room(target)
    last = target.attachments().aggregate(last=Max("rank"))["last"]
    attachment = Attachment.objects.create(
        company=target.company,
        product=target.product,
        demand=target.demand,
        place=target.place,
        file=file,
        title=title,
        rank=0 if last is None else last + 1,
    )
    give(file, attachment)
    if room(target.company) < 0:
        raise Refused("company_full")  # others have been stored since this one was begun
    keep_cover(target.product)
    return attachment


def own_attachment(booth: Booth, pk: int) -> Attachment:
    """One of the booth's company, but of no demand. Raises Refused("not_found") for that of another one."""
    rows = Attachment.objects.filter(demand=None).select_related("company", "product")
    row = rows.filter(company=booth.participation.company_id, pk=pk).first()
    if row is None:
        raise Refused("not_found")
    return row


@transaction.atomic
def move(actor: Actor, *, fair: str, attachment: int, by: int) -> None:
    """Moves it forward (1) or back (-1) among those of its place; the first and the last stay where they are."""
    row = own_attachment(lock_own(actor, "booth.keep", fair), attachment)
    rows = list(Target(row.company, row.product, row.place).attachments())
    place = rows.index(row)
    new_place = min(max(place + by, 0), len(rows) - 1)
    if new_place == place:
        return
    rows.insert(new_place, rows.pop(place))
    for rank, one in enumerate(rows):
        one.rank = rank
    Attachment.objects.bulk_update(rows, ["rank"])
    keep_cover(row.product)


@transaction.atomic
def remove(actor: Actor, *, fair: str, attachment: int) -> None:
    """Removes one of the actor's company or its products, and its file."""
    row = own_attachment(lock_own(actor, "booth.keep", fair), attachment)
    row.delete()
    keep_cover(row.product)


@transaction.atomic
def remove_from_demand(actor: Actor, *, demand: int, attachment: int) -> None:
    """Removes a picture of a demand, and its file."""
    _lock(load(Demand, actor, "demand.write", pk=demand).participation.company)
    load(Demand, actor, "demand.write", pk=demand)  # again: whoever had to wait may have left meanwhile
    row = Attachment.objects.filter(demand=demand, pk=attachment).first()
    if row is None:
        raise Refused("not_found")
    row.delete()


def keep_cover(product: Product | None) -> None:
    """The product's picture is the first of its gallery."""
    if product is not None:
        first = product.attachments.filter(place=Place.GALLERY).values_list("file", flat=True).first()
        Product.objects.filter(pk=product.pk).update(picture=first)


def room(company: Company) -> int:
    """The bytes that the company may still store."""
    files = company.attachments.values("file")
    stored = File.objects.filter(pk__in=files).aggregate(all=Sum("size"))["all"] or 0
    widths = Rendition.objects.filter(file__in=files).aggregate(all=Sum("size"))["all"] or 0
    return COMPANY_MEGABYTES * MEGABYTE - stored - widths


def _check_sent(company: Company) -> None:
    if not _count_sent(company, 0):
        raise Refused("uploads_often", megabytes=f"{SENT_MEGABYTES:,}")


def _count_sent(company: Company, size: int) -> bool:
    """Counts what was stored, not what was refused or is to be sent again. False when no more may be stored today."""
    sent = ceil(size / MEGABYTE)
    return count(f"files:{company.pk}", sent, limit=SENT_MEGABYTES - 1, seconds=A_DAY)


def _check_there(actor: Actor, target: Target) -> None:
    """Under the lock: a picture takes seconds to be encoded, and meanwhile its product may be removed, its demand
    confirmed, or the actor's work for the company ended. Raises Refused, as loading them does.
    """
    if target.demand:
        load(Demand, actor, "demand.write", lock=True, pk=target.demand.pk)
        return
    works = actor.person.positions.filter(company=target.company).exists()
    is_there = target.product is None or target.company.products.filter(pk=target.product.pk).exists()
    if not (works and is_there):
        raise Refused("not_found")


def _check_room(target: Target) -> None:
    if target.most is not None and target.attachments().count() >= target.most:
        raise Refused("place_full", limit=target.most)


def _lock(company: Company) -> None:
    """Two colleagues who change the same company's files take turns."""
    Company.objects.select_for_update().get(pk=company.pk)


def remove_file(instance: Attachment, **_: object) -> None:
    """After an attachment was deleted, also with its product or company: its file goes too."""
    File.objects.filter(pk=instance.file_id).delete()
