"""Files as people send them, and as somebody sends them who means harm."""

import io
import struct
import zipfile
import zlib

from PIL import Image

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8 + b"\n%%EOF\n"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def picture(size: tuple[int, int] = (30, 20), form: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 60 if mode in ("L", "I;16") else "#3a7").save(out, form, **options)
    return out.getvalue()


def noise(size: tuple[int, int], form: str = "JPEG") -> bytes:
    """As large as a photograph of its size: it does not compress."""
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, form)
    return out.getvalue()


def pixel_bomb() -> bytes:
    """A PNG of a few hundred bytes that claims 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + content


def archive(**parts: bytes) -> bytes:
    """A ZIP archive; `__` in a name stands for a slash, `_` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def workbook(**parts: bytes) -> bytes:
    return archive(xl__workbook_xml=b"<workbook/>", **parts)


def zip_bomb() -> bytes:
    """A workbook of a few hundred bytes whose list of parts says that one of them is 3 GB unpacked."""
    content = bytearray(workbook(xl__sheet1=b""))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 3_000_000_000)
    return bytes(content)


def animated(form: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("#3a7", "#a37", "#37a")]
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()
