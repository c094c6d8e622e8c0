"""What the page shows: each place with what is in it, and the uploads that were cut off."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise

from booths.attachments import Place, Target
from booths.models import Attachment, Booth, Product
from booths.models.attachment import SINGLE
from booths.showing import with_pictures
from fairplatform.accounts.actor import Actor
from fairplatform.files.models import Upload
from fairplatform.i18n.text import Translated

from .forms import TitleForm


class Item(NamedTuple):
    """An attachment with the form of its title."""

    attachment: Attachment
    form: TitleForm


class Section(NamedTuple):
    """A place, what is in it, and what is on its way to it."""

    target: Target
    label: Promise | str
    items: list[Item]
    uploads: list[Upload]

    @property
    def place(self) -> str:
        return self.target.place

    @property
    def is_single(self) -> bool:
        return self.place in SINGLE

    @property
    def is_document(self) -> bool:
        return self.place == Place.DOCUMENT


def targets(booth: Booth, product: Product | None) -> list[Target]:
    places = [Place.GALLERY, Place.DOCUMENT] if product else list(Place)
    return [Target(booth.participation.company, product, place) for place in places]


def sections(
    actor: Actor, booth: Booth, product: Product | None, forms: Mapping[int, TitleForm] | None = None
) -> list[Section]:
    """`forms`: those that have come back with an error, by the attachment they are of."""
    company = booth.participation.company
    rows = with_pictures(company.attachments.filter(product=product, demand=None))
    items: dict[str, list[Item]] = {}
    for row in rows:
        form = (forms or {}).get(row.pk) or TitleForm(row, actor.person)
        items.setdefault(row.place, []).append(Item(row, form))
    uploads: dict[str, list[Upload]] = {}
    for upload in Upload.objects.visible_to(actor.person).filter(company=company):
        uploads.setdefault(upload.purpose, []).append(upload)
    return [
        Section(each, Place(each.place).label, items.get(each.place, []), uploads.get(each.purpose, []))
        for each in targets(booth, product)
    ]


def titles(shown: Iterable[Section]) -> list[Translated]:
    """What must be in every language: the titles of documents, and those that pictures have in any."""
    rows = [item.attachment for section in shown for item in section.items]
    return [row.title for row in rows if row.title or row.place == Place.DOCUMENT]


def address(booth: Booth, product: int | None, attachment: Attachment | None = None) -> str:
    """The page, at the attachment if there is one."""
    arguments = [booth.fair.slug] if product is None else [booth.fair.slug, product]
    page = reverse("booth_office:files" if product is None else "booth_office:product_files", args=arguments)
    return f"{page}#attachment-{attachment.pk}" if attachment else page
