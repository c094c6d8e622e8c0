"""The addresses of an exhibitor's pictures and documents, and files that one of its people adds and removes."""

from typing import Any

from django.urls import reverse

from booths import attachments
from booths.attachments import Target
from booths.models import Attachment, Product
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation
from tests.factories import NOW, actor
from tests.files.made import picture


def page(ours: Participation, product: Product | None = None) -> str:
    route, own = ("product_files", [product.pk]) if product else ("files", [])
    return reverse(f"booth_office:{route}", args=[ours.fair.slug, *own])


def act(ours: Participation, what: str, key: Any) -> str:
    return reverse(f"booth_office:{what}", args=[ours.fair.slug, key])


def added(seller: User, target: Target, content: bytes | None = None, name: str = "a.png") -> Attachment:
    return attachments.attach(actor(seller), target=target, name=name, content=content or picture(), now=NOW)


def removed(seller: User, ours: Participation, attachment: Attachment) -> None:
    attachments.remove(actor(seller), fair=ours.fair.slug, attachment=attachment.pk)
