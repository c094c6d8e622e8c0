"""The program's own drawings are stored like any content: once, under their digest, and whole."""

import hashlib

from fairplatform.files.storage import put_drawing, stored_path, unfinished

DRAWING = b"<svg/>"


def test_a_drawing_is_stored_once_under_its_digest(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    stored = put_drawing(DRAWING)
    assert (stored.sha256, stored.size) == (hashlib.sha256(DRAWING).hexdigest(), len(DRAWING))
    assert put_drawing(DRAWING) == stored
    assert [path.read_bytes() for path in tmp_path.glob("[0-9a-f][0-9a-f]/*")] == [DRAWING]
    assert [path.name for path in unfinished().iterdir()] == ["files.lock"]


def test_a_drawing_that_is_cut_off_on_the_disk_is_stored_again(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    path = stored_path(put_drawing(DRAWING).sha256)
    path.write_bytes(DRAWING[:3])
    put_drawing(DRAWING)
    assert path.read_bytes() == DRAWING
