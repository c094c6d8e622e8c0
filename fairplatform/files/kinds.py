"""Checks what an upload is by its content, not by its name: pictures are decoded and encoded again."""

import io
import warnings
import zipfile
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from fairplatform.errors import Refused

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_EDGE = 2400  # pixels
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


class CheckedFile(NamedTuple):
    """The content to store and its media type."""

    content: bytes
    kind: str


def check(content: bytes) -> CheckedFile:
    """Accepts pictures, which are encoded again without metadata, PDF, and Excel workbooks without macros.

    Raises Refused("file_large") beyond 8 MiB, Refused("picture_large") beyond 40 million pixels, and
    Refused("file_kind") for other kinds.
    """
    if len(content) > MAX_BYTES:
        raise Refused("file_large", megabytes=MAX_BYTES // 1024**2)
    if content.startswith(b"%PDF-"):
        return CheckedFile(content, "application/pdf")
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    return _picture(content)


def _workbook(content: bytes) -> CheckedFile:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as broken:
        raise Refused("file_kind") from broken
    if "xl/workbook.xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        raise Refused("file_kind")
    return CheckedFile(content, WORKBOOK)


def _picture(content: bytes) -> CheckedFile:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=list(PICTURES))
            if picture.width * picture.height > MAX_PIXELS:
                raise Refused("picture_large")
            return _encoded_again(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused("picture_large") from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as broken:
        raise Refused("file_kind") from broken


def _encoded_again(picture: Image.Image) -> CheckedFile:
    """The picture upright, at most MAX_EDGE wide and high, without metadata or anything appended."""
    # MPO, a camera's file of several pictures, is a JPEG whose first picture is the photograph.
    encoding = "JPEG" if picture.format == "MPO" else picture.format or "PNG"
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((MAX_EDGE, MAX_EDGE))
    bare = upright.convert("RGB" if encoding == "JPEG" else "RGBA")
    bare.info.clear()
    out = io.BytesIO()
    bare.save(out, encoding)
    return CheckedFile(out.getvalue(), PICTURES[encoding])
