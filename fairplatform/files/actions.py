"""Keeping a file."""

import hashlib
import logging
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from fairplatform.errors import Refused
from fairplatform.observability.redaction import safe_message
from fairplatform.policy import Actor

from .kinds import check
from .models import File

logger = logging.getLogger(__name__)


def store(actor: Actor, *, owner: Any, name: str, content: bytes, now: datetime) -> File:
    """Checks the bytes, keeps them once under their SHA-256 and notes whose they are.

    The caller has loaded `owner` with the permission that lets this actor add files to it. Raises Refused: what
    `check` raises, and unavailable when the disk takes no more.
    """
    checked = check(content)
    sha256 = hashlib.sha256(checked.content).hexdigest()
    with transaction.atomic():
        file = File.objects.create(
            owner_model=owner._meta.label_lower,
            owner_key=owner.pk,
            name=_plain_name(name),
            sha256=sha256,
            kind=checked.kind,
            size=len(checked.content),
            uploaded_by=actor.person if actor.person.pk else None,
            uploaded_at=now,
        )
        try:
            _write(file, checked.content)
        except OSError as failure:
            logger.warning("a file was not kept: %s", safe_message(failure))
            raise Refused("unavailable") from failure
    return file


def _plain_name(name: str) -> str:
    """The last part of the name, without control characters: a label, never a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:120] or "file"


def _write(file: File, content: bytes) -> None:
    """Whole or not at all: written beside its place, flushed, then renamed."""
    if file.path.exists():
        return
    file.path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=settings.FILES_DIR)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(file.path)
    except OSError:
        # What found no room must not take what is left of it.
        Path(temporary).unlink()
        raise
    # The names too: the row that is committed next must not outlive its file in a power cut.
    for folder in (file.path.parent, settings.FILES_DIR):
        _sync(folder)


def _sync(folder: Path) -> None:
    """The names in a folder, on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
