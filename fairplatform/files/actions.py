"""Adding a file to the object it belongs to."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Model

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.i18n.text import visible

from .contents import Content, disk_failures_refused, take_in
from .kinds import ANY, WEBP
from .models import File, Rendition
from .models.upload import NAME_LENGTH
from .storage import put, temporary


def store(
    actor: Actor,
    *,
    owner: Model,
    name: str,
    content: bytes,
    now: datetime,
    kind_of: Callable[[bytes], str] | None = None,
) -> File:
    """Stores what was sent with a form, and adds a row with its owner.

    The caller has loaded `owner` with a permission that lets this actor add files to it. `kind_of` says what the
    content is, or refuses it, where it is not what people attach. Raises what that or `take_in` raises.
    """
    with disk_failures_refused(), temporary(content) as source:
        taken = Content(kind_of(content), put(source), []) if kind_of else take_in(source, ANY)
    return add_file(owner=owner, name=name, content=taken, by=actor.person, now=now)


def add_file(*, owner: Model, name: str, content: Content, by: User | None, now: datetime) -> File:
    """The rows of content that was taken in; the caller holds a transaction if there is more to write."""
    file = File.objects.create(
        owner_model=owner._meta.label_lower,
        owner_key=owner.pk,
        name=shown_name(name, content),
        sha256=content.stored.sha256,
        kind=content.kind,
        size=content.stored.size,
        uploaded_by=by if by and by.pk else None,
        uploaded_at=now,
    )
    Rendition.objects.bulk_create(
        Rendition(file=file, width=width, height=height, sha256=stored.sha256, size=stored.size)
        for width, height, stored in content.renditions
    )
    return file


def give(file: File, owner: Model) -> None:
    """Makes it belong to another object, which did not exist when it was stored."""
    file.owner_model, file.owner_key = owner._meta.label_lower, owner.pk
    file.save(update_fields=["owner_model", "owner_key"])


def shown_name(name: str, content: Content) -> str:
    """The last part of a path, without control characters, with the ending of what the content is.

    For display, and for those who save the file; never used as a path.
    """
    last = visible(name.replace("\\", "/").rsplit("/", 1)[-1])
    plain = "".join(c for c in last if c.isprintable()).strip() or "file"
    if content.kind == WEBP:
        return f"{plain.rsplit('.', 1)[0][: NAME_LENGTH - 5]}.webp"
    has_ending = plain.lower().endswith(content.ending)
    stem = plain[: len(plain) - len(content.ending)] if has_ending else plain
    return f"{stem[: NAME_LENGTH - len(content.ending)]}{content.ending}"
