"""Restore refuses damaged, incomplete and foreign archives before it changes anything."""

import gzip
import hashlib
import io
import json
import sqlite3
import tarfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from fairplatform.operations.backup.configured_database import configured_database
from fairplatform.operations.backup.restore import restore
from tests.operations.small_fair import OFFER, archive_members, folder_contents

Entries = list[tuple[tarfile.TarInfo, bytes]]


def restore_error(archive: Path, data_dir: Path) -> str:
    """Tries to restore; the message of the refusal. Fails if any file in the folder has changed."""
    (data_dir / "letter").write_text("something of ours")
    before = folder_contents(data_dir)
    with pytest.raises(CommandError) as refused:
        restore(configured_database(), archive, replace=False)
    assert folder_contents(data_dir) == before
    return str(refused.value)


def write_archive(path: Path, entries: Entries) -> Path:
    """Writes an archive with these entries."""
    with tarfile.open(path, "w:gz") as tar:
        for entry, content in entries:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return path


def changed_archive(archive: Path, path: Path, change: Callable[[Entries], Entries]) -> Path:
    return write_archive(path, change(archive_members(archive)))


def test_sample_archive_has_database_file_and_manifest(archive: Path) -> None:
    names = [entry.name for entry, _ in archive_members(archive)]
    assert (names[0], names[1][:6], names[2:]) == ("database.sqlite3", "files/", ["manifest.json"])


@pytest.mark.parametrize("part", [0.001, 0.2, 0.5, 0.9, 0.999])
def test_flipped_byte_is_refused(archive: Path, data_dir: Path, tmp_path: Path, part: float) -> None:
    intact = archive.read_bytes()
    (tmp_path / "damaged").write_bytes(with_flipped_byte(intact, int(len(intact) * part)))
    # One byte of the compressed stream may change many others, so the message differs; the refusal does not.
    assert restore_error(tmp_path / "damaged", data_dir) != ""


def with_flipped_byte(intact: bytes, position: int) -> bytes:
    """The archive with one byte changed, at the position or the first after it where that changes the content.

    Some bytes are distances back into a run of zeros: there another distance gives the same content.
    """
    damaged = bytearray(intact)
    damaged[position] ^= 0x20
    try:
        is_same = gzip.decompress(damaged) == gzip.decompress(intact)
    except (OSError, EOFError, zlib.error):
        return bytes(damaged)
    return with_flipped_byte(intact, position + 1) if is_same else bytes(damaged)


@pytest.mark.parametrize("left", [0.0, 0.5, 0.99])
def test_truncated_archive_is_refused(archive: Path, data_dir: Path, tmp_path: Path, left: float) -> None:
    intact = archive.read_bytes()
    (tmp_path / "cut").write_bytes(intact[: int(len(intact) * left)])
    assert "damaged" in restore_error(tmp_path / "cut", data_dir)


def test_archive_without_its_checksum_is_refused(archive: Path, data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "cut").write_bytes(archive.read_bytes()[:-4])
    assert "damaged" in restore_error(tmp_path / "cut", data_dir)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_missing_member_is_refused(archive: Path, data_dir: Path, tmp_path: Path, number: int) -> None:
    incomplete = changed_archive(
        archive, tmp_path / "incomplete", lambda entries: entries[:number] + entries[number + 1 :]
    )
    assert "damaged" in restore_error(incomplete, data_dir)


def test_changed_stored_file_is_refused(archive: Path, data_dir: Path, tmp_path: Path) -> None:
    def replaced(entries: Entries) -> Entries:
        return [(e, OFFER[::-1] if e.name.startswith("files/") else content) for e, content in entries]

    assert "damaged" in restore_error(changed_archive(archive, tmp_path / "other", replaced), data_dir)


def test_changed_database_is_refused(archive: Path, data_dir: Path, tmp_path: Path) -> None:
    def updated(entries: Entries) -> Entries:
        (tmp_path / "changed.sqlite3").write_bytes(entries[0][1])
        with closing(sqlite3.connect(tmp_path / "changed.sqlite3")) as database, database:
            assert database.execute("UPDATE fairs_fair SET slug = 'another'").rowcount == 1
        return [(entries[0][0], (tmp_path / "changed.sqlite3").read_bytes()), *entries[1:]]

    assert "damaged" in restore_error(changed_archive(archive, tmp_path / "other", updated), data_dir)


def test_stored_file_whose_name_is_not_its_digest_is_refused_even_if_the_manifest_agrees(
    archive: Path, data_dir: Path, tmp_path: Path
) -> None:
    def renamed(entries: Entries) -> Entries:
        name, text = entries[1][0].name, entries[2][1].decode()
        other = name[:-1] + ("0" if name[-1] != "0" else "1")
        entries[1][0].name = other
        return [entries[0], entries[1], (entries[2][0], text.replace(f'"{name}"', f'"{other}"').encode())]

    assert "damaged" in restore_error(changed_archive(archive, tmp_path / "other", renamed), data_dir)


def tar_entry(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, "/etc/passwd" if kind != tarfile.REGTYPE else ""
    return entry


@pytest.mark.parametrize(
    "strange_entry",
    [
        tar_entry("../outside"),
        tar_entry("/etc/cron.d/fair"),
        tar_entry("files/../../outside"),
        tar_entry("files/aa/../../../outside"),
        tar_entry("secret_key"),
        tar_entry("fair.sqlite3"),
        tar_entry(f"files/aa/{'b' * 64}"),
        tar_entry("database.pgdump2"),
        tar_entry("database.sqlite3"),
        tar_entry("files/aa", tarfile.SYMTYPE),
        tar_entry(f"files/aa/{'a' * 64}", tarfile.SYMTYPE),
        tar_entry(f"files/aa/{'a' * 64}", tarfile.LNKTYPE),
        tar_entry("files", tarfile.DIRTYPE),
        tar_entry("database.pipe", tarfile.FIFOTYPE),
    ],
    ids=lambda entry: f"{entry.name[:24]}-{entry.type.decode()}",
)
def test_member_with_a_foreign_name_or_type_is_refused(
    archive: Path, data_dir: Path, tmp_path: Path, strange_entry: tarfile.TarInfo
) -> None:
    archive_with_it = changed_archive(
        archive, tmp_path / "strange", lambda entries: [*entries[:2], (strange_entry, b""), entries[2]]
    )
    assert "something a backup never has" in restore_error(archive_with_it, data_dir)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data_dir", "strange"]


def test_member_after_the_manifest_is_refused(archive: Path, data_dir: Path, tmp_path: Path) -> None:
    reordered = changed_archive(archive, tmp_path / "late", lambda entries: [entries[0], entries[2], entries[1]])
    assert "something a backup never has" in restore_error(reordered, data_dir)


def with_manifest(archive: Path, path: Path, **fields: object) -> Path:
    """The archive with some fields of its manifest replaced."""

    def rewritten(entries: Entries) -> Entries:
        words = json.loads(entries[2][1]) | fields
        return [*entries[:2], (entries[2][0], json.dumps(words).encode())]

    return changed_archive(archive, path, rewritten)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"format": 2}, "not a backup of this program"),
        ({"members": {}}, "damaged"),
        ({"rows": {"chat_message": 17}}, "not what it says"),
        ({"migrations": ["booths.9999_later"]}, "newer program"),
        ({"vendor": "postgresql"}, "damaged"),
        ({"surprise": True}, "not a backup of this program"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_wrong_manifest_is_refused(
    archive: Path, data_dir: Path, tmp_path: Path, fields: dict[str, object], message: str
) -> None:
    assert message in restore_error(with_manifest(archive, tmp_path / "other", **fields), data_dir)


def with_database(archive: Path, folder: Path, change: Callable[[Path], dict[str, int]]) -> Path:
    """The archive with a changed database and a manifest that fits it; `change` returns the new row counts."""
    (folder / "changed.sqlite3").write_bytes(archive_members(archive)[0][1])
    rows = change(folder / "changed.sqlite3")
    content = (folder / "changed.sqlite3").read_bytes()

    def replaced(entries: Entries) -> Entries:
        words = json.loads(entries[2][1])
        words["rows"] |= rows
        words["members"]["database.sqlite3"] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        return [(entries[0][0], content), entries[1], (entries[2][0], json.dumps(words).encode())]

    return changed_archive(archive, folder / "other", replaced)


def test_database_with_a_corrupt_index_is_refused(archive: Path, data_dir: Path, tmp_path: Path) -> None:
    def corrupted(path: Path) -> dict[str, int]:
        with closing(sqlite3.connect(path)) as database:
            [(slug,)] = database.execute("SELECT slug FROM accounts_company")
        before = path.read_bytes()
        # Once in the table and once in each of its two indexes.
        assert before.count(slug.encode()) > 1
        path.write_bytes(before.replace(slug.encode(), b"x" * len(slug), 1))
        return {}

    assert "not whole" in restore_error(with_database(archive, tmp_path, corrupted), data_dir)


def test_database_with_broken_foreign_keys_is_refused(archive: Path, data_dir: Path, tmp_path: Path) -> None:
    def unreferenced(path: Path) -> dict[str, int]:
        with closing(sqlite3.connect(path)) as database, database:
            assert database.execute("DELETE FROM fairs_fair").rowcount == 1
        return {"fairs_fair": 0}

    assert "not whole" in restore_error(with_database(archive, tmp_path, unreferenced), data_dir)


def test_archive_of_the_other_database_is_refused(archive: Path, data_dir: Path, tmp_path: Path) -> None:
    def renamed(entries: Entries) -> Entries:
        entries[0][0].name = "database.pgdump"
        words = entries[2][1].replace(b"database.sqlite3", b"database.pgdump").replace(b'"sqlite"', b'"postgresql"')
        return [entries[0], entries[1], (entries[2][0], words)]

    assert "but this fair runs on" in restore_error(changed_archive(archive, tmp_path / "other", renamed), data_dir)


def test_file_that_is_no_archive_is_refused(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Sir or Madam")
    (tmp_path / "packed.gz").write_bytes(gzip.compress(b"Dear Sir or Madam"))
    assert "not a backup" in restore_error(tmp_path / "letter", data_dir)
    assert "not a backup" in restore_error(tmp_path / "packed.gz", data_dir)
    assert "There is no file" in restore_error(tmp_path / "nothing", data_dir)
