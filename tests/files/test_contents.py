"""What is taken in of a file: pictures in several widths, upright and bare; other things, and traps, are refused."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from fairplatform.errors import Refused
from fairplatform.files import rendering
from fairplatform.files.contents import Content, take_in
from fairplatform.files.kinds import ANY, DOCUMENTS, PICTURES, WORKBOOK, Accepted, check_name, check_size
from fairplatform.files.rendering import MOST_WAITING, OF_COMPANY
from fairplatform.files.storage import stored_path, temporary
from tests.files.made import PDF, SVG, animated, archive, noise, picture, pixel_bomb, workbook, zip_bomb
from tests.files.test_files import content_in

ORIENTATION, DESCRIPTION = 0x0112, 0x010E


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path


def taken(content: bytes, accepted: Accepted = ANY, company: int = 0) -> Content:
    with temporary(content) as source:
        return take_in(source, accepted, company)


def widths(content: Content) -> list[tuple[int, int]]:
    return [(each.width, each.height) for each in content.renditions]


def shown(content: Content) -> Image.Image:
    """The widest of a picture, as a browser gets it."""
    return Image.open(io.BytesIO(stored_path(content.stored.sha256).read_bytes()))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), [(320, 240), (640, 480), (1280, 960), (2048, 1536)]),
        ((700, 350), [(320, 160), (640, 320), (700, 350)]),
        ((200, 100), [(200, 100)]),
        ((1, 1), [(1, 1)]),
        ((640, 480), [(320, 240), (640, 480)]),
        ((100, 1000), [(40, 400)]),
    ],
)
def test_a_picture_is_stored_in_several_widths_and_never_enlarged(size, expected) -> None:
    content = taken(picture(size, "JPEG"))
    assert widths(content) == expected
    assert content.renditions[-1].stored == content.stored
    for each in content.renditions:
        made = Image.open(io.BytesIO(stored_path(each.stored.sha256).read_bytes()))
        assert (made.format, made.size) == ("WEBP", (each.width, each.height))
        assert stored_path(each.stored.sha256).stat().st_size == each.stored.size


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_nothing_that_a_camera_writes_into_a_picture_stays(form: str) -> None:
    exif = Image.Exif()
    exif[DESCRIPTION] = "a secret place"
    original = picture(
        form=form, exif=exif, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    )
    assert b"a secret place" in original
    content = taken(original)
    stored = stored_path(content.stored.sha256).read_bytes()
    assert (content.kind, b"a secret place" in stored) == ("image/webp", False)
    assert sorted(set(Image.open(io.BytesIO(stored)).info) & {"exif", "icc_profile", "xmp"}) == []


def test_a_picture_of_a_camera_held_upright_is_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    sideways = Image.new("RGB", (900, 600), "#fff")
    sideways.paste("#f00", (0, 0, 100, 600))  # what is at its left is at the top when it is upright
    out = io.BytesIO()
    sideways.save(out, "JPEG", exif=exif)
    content = taken(out.getvalue())
    assert widths(content) == [(320, 480), (600, 900)]
    red, green, _blue = shown(content).convert("RGB").getpixel((300, 20))
    assert (red > 200, green < 60) == (True, True)


def test_of_a_multi_picture_file_the_first_is_stored() -> None:
    second = Image.new("RGB", (30, 20), "#123")
    content = taken(picture(form="MPO", save_all=True, append_images=[second]))
    assert widths(content) == [(30, 20)]
    assert shown(content).convert("RGB").getpixel((9, 9))[1] > 150


@pytest.mark.parametrize(
    ("form", "mode", "colour", "expected"),
    [
        ("JPEG", "CMYK", (0, 255, 255, 0), (255, 0, 0)),
        ("PNG", "I;16", 40_000, (156, 156, 156)),
        ("JPEG", "L", 100, (100, 100, 100)),
        ("PNG", "1", 1, (255, 255, 255)),
        ("PNG", "LA", (90, 255), (90, 90, 90)),
    ],
)
def test_colours_that_browsers_do_not_know_are_converted(form, mode, colour, expected) -> None:
    out = io.BytesIO()
    Image.new(mode, (40, 40), colour).save(out, form)
    got = shown(taken(out.getvalue())).convert("RGB").getpixel((20, 20))
    assert [abs(one - other) < 12 for one, other in zip(got, expected, strict=True)] == [True] * 3


def test_what_is_transparent_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (255, 0, 0, 0)).quantize().save(out, "PNG")
    assert shown(taken(out.getvalue())).convert("RGBA").getpixel((20, 20))[3] == 0


def test_a_photograph_of_forty_megapixels_is_taken_in() -> None:
    content = taken(picture((7300, 5400), "JPEG"), PICTURES)
    assert widths(content)[-1] == (2048, 1515)


def test_documents_are_kept_as_they_are() -> None:
    content = taken(PDF, DOCUMENTS)
    assert (content.kind, stored_path(content.stored.sha256).read_bytes()) == ("application/pdf", PDF)
    assert taken(workbook(), DOCUMENTS).kind == WORKBOOK


JPEG = picture((300, 200), "JPEG")


@pytest.mark.parametrize(
    ("content", "accepted", "code"),
    [
        (b"", PICTURES, "file_empty"),
        (SVG, PICTURES, "file_kind"),
        (SVG, DOCUMENTS, "file_kind"),
        (b"<html><script>alert(1)</script></html>", ANY, "file_kind"),
        (b"GIF89a=1;alert(1)//" + bytes(50), PICTURES, "file_kind"),
        (picture(form="GIF"), PICTURES, "file_kind"),
        (PDF, PICTURES, "file_kind"),
        (JPEG, DOCUMENTS, "file_kind"),
        (JPEG[:900], PICTURES, "picture_damaged"),
        (noise((300, 200), "PNG")[:60_000], PICTURES, "picture_damaged"),
        (JPEG + archive(a=b"#!/bin/sh"), PICTURES, "file_two_in_one"),
        (PDF + archive(a=b"#!/bin/sh"), DOCUMENTS, "file_two_in_one"),
        (b"PK\x03\x04" + bytes(100), DOCUMENTS, "file_kind"),
        (archive(a=b"x"), DOCUMENTS, "file_kind"),
        (workbook(xl__vbaProject_bin=b"macros"), DOCUMENTS, "file_kind"),
        (zip_bomb(), DOCUMENTS, "file_kind"),
        (pixel_bomb(), PICTURES, "picture_large"),
        (animated("WEBP"), PICTURES, "picture_animated"),
        (animated("PNG"), PICTURES, "picture_animated"),
    ],
    ids=range(19),
)
def test_other_kinds_lies_and_bombs_are_refused_and_nothing_of_them_stays(content, accepted, code, folder) -> None:
    with pytest.raises(Refused) as refused:
        taken(content, accepted)
    assert (refused.value.code, content_in(folder)) == (code, [])
    assert "%(" not in refused.value.sentence


def test_sizes_are_bounded_for_each_kind() -> None:
    for accepted, most in ((PICTURES, 20), (DOCUMENTS, 50)):
        check_size(most * 1024**2, accepted)
        for size in (most * 1024**2 + 1, 5_000_000_000):
            with pytest.raises(Refused, match="file_large"):
                check_size(size, accepted)
        for size in (0, -1):
            with pytest.raises(Refused, match="file_empty"):
                check_size(size, accepted)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a\\b.png",
        "invoice\u202efdp.exe",
        "a\u2066b.png",
        "a\x00.png",
        "a\r\nX: y.png",
        "",
        " ",
        "..",
    ],
)
def test_a_name_that_hides_what_it_is_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="file_name"):
        check_name(name)


@pytest.mark.parametrize("name", ["价目表.pdf", "قیمت\u200c نامہ.pdf", "a b (1).PNG", "no-suffix"])
def test_a_name_in_any_script_is_accepted(name: str) -> None:
    check_name(name)


def test_of_many_pictures_at_once_the_last_are_asked_to_wait(monkeypatch) -> None:
    with monkeypatch.context() as crowd:
        for company in range(1, MOST_WAITING + 1):
            crowd.setitem(rendering._waiting, company, 1)
        with pytest.raises(Refused, match="pictures_waiting"):
            taken(picture())
    assert widths(taken(picture())) == [(30, 20)]


def test_the_pictures_of_one_company_leave_room_for_those_of_others(monkeypatch) -> None:
    monkeypatch.setitem(rendering._waiting, 1, OF_COMPANY)
    with pytest.raises(Refused, match="pictures_waiting"):
        taken(picture(), company=1)
    assert widths(taken(picture(), company=2)) == [(30, 20)]
    monkeypatch.setitem(rendering._waiting, 1, 0)
    assert [widths(taken(picture(), company=1)) for _ in range(OF_COMPANY + 1)] == [[(30, 20)]] * 3


def test_the_decoder_runs_without_the_secrets_of_the_server(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("SECRET_KEY", "of the server")
    program = tmp_path / "looks_for_secrets.py"
    program.write_text("import os\nprint('{\"refused\": \"%s\"}' % os.environ.get('SECRET_KEY', 'picture_animated'))")
    monkeypatch.setattr(rendering, "PROGRAM", program)
    with pytest.raises(Refused, match="picture_animated"):
        taken(picture())


def test_a_decoder_that_fails_is_no_failure_of_the_server(monkeypatch, tmp_path) -> None:
    program = tmp_path / "fails.py"
    program.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr(rendering, "PROGRAM", program)
    with pytest.raises(Refused, match="picture_damaged"):
        taken(picture())
