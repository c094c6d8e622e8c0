"""Encodes an uploaded picture again: `python pictures.py SOURCE FOLDER` writes WebP files, upright, without metadata.

It runs as a program of its own, with a limit on its memory and time, and imports nothing of ours: what a picture made
to do harm does to its decoder stays there, and the server goes on serving while a large one is computed.

It prints JSON: `{"renditions": [{"name", "width", "height"}, …]}`, the widest last, or `{"refused": code}`.
"""

import io
import json
import resource
import sys
import warnings
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MEMORY, SECONDS = 1536 * 1024**2, 40
MAX_PIXELS = 40_000_000
WIDTHS = (320, 640, 1280, 2048)
HEIGHTS = 4  # times the width: what is taller, such as a screenshot of a whole page, is made narrower
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY, EFFORT = 82, 4  # of WebP
# What is encoded as it is, besides grey and coloured with transparency.
PLAIN = ("RGB", "L", "CMYK", "LA", "RGBA")


def main(source: Path, folder: Path) -> dict[str, object]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return {"renditions": renditions(source, folder)}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return {"refused": "picture_large"}
    except UnidentifiedImageError:
        return {"refused": "file_kind"}
    except Animated:
        return {"refused": "picture_animated"}
    except OSError as failure:
        # Decoders raise it too, without a number of the system's.
        return {"refused": "unavailable" if failure.errno else "picture_damaged"}
    except (ValueError, SyntaxError):
        return {"refused": "picture_damaged"}


def renditions(source: Path, folder: Path) -> list[dict[str, object]]:
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    picture = Image.open(source, formats=FORMATS)
    if picture.width * picture.height > MAX_PIXELS:
        raise Image.DecompressionBombError
    # MPO, a camera's file of several pictures, is a JPEG whose first picture is the photograph.
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise Animated
    largest = _largest(picture)
    widths = [width for width in WIDTHS if width < largest.width] + [largest.width]
    return [_saved(largest, width, folder) for width in widths]


class Animated(Exception):
    """The picture moves."""


def _largest(picture: Image.Image) -> Image.Image:
    """The picture upright, within the widest rendition, in colours that every browser shows alike."""
    profile = picture.info.get("icc_profile")
    if picture.mode not in PLAIN:
        picture = _eight_bits(picture)
    # Of a JPEG no more is decoded than is needed.
    turned = picture.getexif().get(0x0112) in (5, 6, 7, 8)
    box = _box(picture.height if turned else picture.width, picture.width if turned else picture.height)
    picture.thumbnail(box[::-1] if turned else box)
    upright = ImageOps.exif_transpose(picture)
    plain = _in_srgb(upright, profile)
    plain.info.clear()
    return plain


def _box(width: int, height: int) -> tuple[int, int]:
    """The size that is not exceeded."""
    widest = min(WIDTHS[-1], width)
    return widest, min(height, HEIGHTS * widest)


def _eight_bits(picture: Image.Image) -> Image.Image:
    """A picture of 16 bits a pixel, or of a palette, in 8 bits a channel."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    has_transparency = "transparency" in picture.info or picture.mode in ("PA", "La", "RGBa")
    return picture.convert("RGBA" if has_transparency else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as the picture's own profile means them; without one as they stand."""
    mode = "RGBA" if picture.mode in ("LA", "RGBA") or "transparency" in picture.info else "RGB"
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return converted or picture.convert(mode)
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the picture is shown as other programs show it
    return picture.convert(mode)


def _saved(largest: Image.Image, width: int, folder: Path) -> dict[str, object]:
    picture = largest
    if width < largest.width:
        picture = largest.resize((width, max(1, round(largest.height * width / largest.width))))
    name = f"{width}.webp"
    picture.save(folder / name, "WEBP", quality=QUALITY, method=EFFORT)
    return {"name": name, "width": picture.width, "height": picture.height}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201 — its answer
