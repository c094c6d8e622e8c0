"""Storing a file."""

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
    """Checks the content, stores it under its SHA-256 (equal content once) and adds a row with its owner.

    The caller has loaded `owner` with a permission that lets this actor add files to it. Raises what `check` raises,
    and Refused("unavailable") when the disk is full or fails.
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
    """The last part of a path, without control characters: for display only, never used as a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:120] or "file"


def _write(file: File, content: bytes) -> None:
    """Atomically: into a temporary file in the same file system, flushed to the disk, then renamed."""
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
        # On a full disk the rest must not stay and take up space.
        Path(temporary).unlink()
        raise
    # The directory entries too: after a power cut, the row that is committed next must not be without its file.
    for folder in (file.path.parent, settings.FILES_DIR):
        _sync(folder)


def _sync(folder: Path) -> None:
    """Flushes the entries of a directory to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
