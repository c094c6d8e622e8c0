"""Archives that are not what they should be are refused before anything is changed."""

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

from fairplatform.operations.backup.restore import restore
from tests.operations.fairs import OFFER, contents, members

Members = list[tuple[tarfile.TarInfo, bytes]]


def refusal(archive: Path, place: Path) -> str:
    """Why it is refused; and nothing has changed."""
    (place / "letter").write_text("something of ours")
    before = contents(place)
    with pytest.raises(CommandError) as refused:
        restore(archive, replace=False)
    assert contents(place) == before
    return str(refused.value)


def packed(path: Path, held: Members) -> Path:
    """An archive written anew."""
    with tarfile.open(path, "w:gz") as tar:
        for entry, content in held:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return path


def changed(archive: Path, path: Path, change: Callable[[Members], Members]) -> Path:
    return packed(path, change(members(archive)))


def test_sample_is_whole(archive: Path) -> None:
    names = [entry.name for entry, _ in members(archive)]
    assert (names[0], names[1][:6], names[2:]) == ("database.sqlite3", "files/", ["manifest.json"])


@pytest.mark.parametrize("part", [0.001, 0.2, 0.5, 0.9, 0.999])
def test_flipped_byte_is_noticed(archive: Path, place: Path, tmp_path: Path, part: float) -> None:
    whole = archive.read_bytes()
    (tmp_path / "damaged").write_bytes(flipped(whole, int(len(whole) * part)))
    # In the packed stream one byte may become many others: what is told of them differs, that it is refused does not.
    assert refusal(tmp_path / "damaged", place) != ""


def flipped(whole: bytes, position: int) -> bytes:
    """The archive with one other byte, at the position or the first after it where that changes what it holds.

    A distance back into a run of zeros may point anywhere in it: such a flip is none.
    """
    damaged = bytearray(whole)
    damaged[position] ^= 0x20
    try:
        is_same = gzip.decompress(damaged) == gzip.decompress(whole)
    except (OSError, EOFError, zlib.error):
        return bytes(damaged)
    return flipped(whole, position + 1) if is_same else bytes(damaged)


@pytest.mark.parametrize("left", [0.0, 0.5, 0.99])
def test_cut_archive_is_noticed(archive: Path, place: Path, tmp_path: Path, left: float) -> None:
    whole = archive.read_bytes()
    (tmp_path / "cut").write_bytes(whole[: int(len(whole) * left)])
    assert "damaged" in refusal(tmp_path / "cut", place)


def test_lost_checksum_at_the_end_is_noticed(archive: Path, place: Path, tmp_path: Path) -> None:
    (tmp_path / "cut").write_bytes(archive.read_bytes()[:-4])
    assert "damaged" in refusal(tmp_path / "cut", place)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_missing_member_is_noticed(archive: Path, place: Path, tmp_path: Path, number: int) -> None:
    poor = changed(archive, tmp_path / "poor", lambda held: held[:number] + held[number + 1 :])
    assert "damaged" in refusal(poor, place)


def test_member_with_other_bytes_is_noticed(archive: Path, place: Path, tmp_path: Path) -> None:
    def exchanged(held: Members) -> Members:
        return [(e, OFFER[::-1] if e.name.startswith("files/") else content) for e, content in held]

    assert "damaged" in refusal(changed(archive, tmp_path / "other", exchanged), place)


def test_database_with_other_words_is_noticed(archive: Path, place: Path, tmp_path: Path) -> None:
    def retitled(held: Members) -> Members:
        (tmp_path / "changed.sqlite3").write_bytes(held[0][1])
        with closing(sqlite3.connect(tmp_path / "changed.sqlite3")) as database, database:
            assert database.execute("UPDATE fairs_fair SET slug = 'another'").rowcount == 1
        return [(held[0][0], (tmp_path / "changed.sqlite3").read_bytes()), *held[1:]]

    assert "damaged" in refusal(changed(archive, tmp_path / "other", retitled), place)


def test_file_that_is_not_what_its_name_says_is_noticed_even_if_the_manifest_lies_too(
    archive: Path, place: Path, tmp_path: Path
) -> None:
    def lied(held: Members) -> Members:
        name, text = held[1][0].name, held[2][1].decode()
        other = name[:-1] + ("0" if name[-1] != "0" else "1")
        held[1][0].name = other
        return [held[0], held[1], (held[2][0], text.replace(f'"{name}"', f'"{other}"').encode())]

    assert "damaged" in refusal(changed(archive, tmp_path / "other", lied), place)


def named(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, "/etc/passwd" if kind != tarfile.REGTYPE else ""
    return entry


@pytest.mark.parametrize(
    "stranger",
    [
        named("../outside"),
        named("/etc/cron.d/fair"),
        named("files/../../outside"),
        named("files/aa/../../../outside"),
        named("secret_key"),
        named("fair.sqlite3"),
        named(f"files/aa/{'b' * 64}"),
        named("database.pgdump2"),
        named("database.sqlite3"),
        named("files/aa", tarfile.SYMTYPE),
        named(f"files/aa/{'a' * 64}", tarfile.SYMTYPE),
        named(f"files/aa/{'a' * 64}", tarfile.LNKTYPE),
        named("files", tarfile.DIRTYPE),
        named("database.pipe", tarfile.FIFOTYPE),
    ],
    ids=lambda entry: f"{entry.name[:24]}-{entry.type.decode()}",
)
def test_member_that_no_backup_has_is_refused(
    archive: Path, place: Path, tmp_path: Path, stranger: tarfile.TarInfo
) -> None:
    strange = changed(archive, tmp_path / "strange", lambda held: [*held[:2], (stranger, b""), held[2]])
    assert "something a backup never has" in refusal(strange, place)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["place", "strange"]


def test_member_after_the_manifest_is_refused(archive: Path, place: Path, tmp_path: Path) -> None:
    late = changed(archive, tmp_path / "late", lambda held: [held[0], held[2], held[1]])
    assert "something a backup never has" in refusal(late, place)


def told(archive: Path, path: Path, **fields: object) -> Path:
    """The archive with other words in its manifest."""

    def retold(held: Members) -> Members:
        words = json.loads(held[2][1]) | fields
        return [*held[:2], (held[2][0], json.dumps(words).encode())]

    return changed(archive, path, retold)


@pytest.mark.parametrize(
    ("fields", "word"),
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
def test_manifest_that_does_not_fit_is_refused(
    archive: Path, place: Path, tmp_path: Path, fields: dict[str, object], word: str
) -> None:
    assert word in refusal(told(archive, tmp_path / "other", **fields), place)


def with_database(archive: Path, folder: Path, change: Callable[[Path], dict[str, int]]) -> Path:
    """The archive with a changed database and a manifest that knows it; `change` returns rows that are fewer now."""
    (folder / "changed.sqlite3").write_bytes(members(archive)[0][1])
    rows = change(folder / "changed.sqlite3")
    content = (folder / "changed.sqlite3").read_bytes()

    def exchanged(held: Members) -> Members:
        words = json.loads(held[2][1])
        words["rows"] |= rows
        words["members"]["database.sqlite3"] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        return [(held[0][0], content), held[1], (held[2][0], json.dumps(words).encode())]

    return changed(archive, folder / "other", exchanged)


def test_database_with_an_index_that_does_not_fit_is_refused(archive: Path, place: Path, tmp_path: Path) -> None:
    def misfiled(path: Path) -> dict[str, int]:
        with closing(sqlite3.connect(path)) as database:
            [(slug,)] = database.execute("SELECT slug FROM accounts_company")
        before = path.read_bytes()
        # Once in the table and once in each of its two indexes.
        assert before.count(slug.encode()) > 1
        path.write_bytes(before.replace(slug.encode(), b"x" * len(slug), 1))
        return {}

    assert "not whole" in refusal(with_database(archive, tmp_path, misfiled), place)


def test_database_that_names_what_is_not_there_is_refused(archive: Path, place: Path, tmp_path: Path) -> None:
    def orphaned(path: Path) -> dict[str, int]:
        with closing(sqlite3.connect(path)) as database, database:
            assert database.execute("DELETE FROM fairs_fair").rowcount == 1
        return {"fairs_fair": 0}

    assert "not whole" in refusal(with_database(archive, tmp_path, orphaned), place)


def test_backup_of_the_other_database_is_refused(archive: Path, place: Path, tmp_path: Path) -> None:
    def renamed(held: Members) -> Members:
        held[0][0].name = "database.pgdump"
        words = held[2][1].replace(b"database.sqlite3", b"database.pgdump").replace(b'"sqlite"', b'"postgresql"')
        return [held[0], held[1], (held[2][0], words)]

    assert "they do not mix" in refusal(changed(archive, tmp_path / "other", renamed), place)


def test_file_that_is_no_archive_is_refused(place: Path, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Sir or Madam")
    (tmp_path / "packed.gz").write_bytes(gzip.compress(b"Dear Sir or Madam"))
    assert "not a backup" in refusal(tmp_path / "letter", place)
    assert "not a backup" in refusal(tmp_path / "packed.gz", place)
    assert "There is no file" in refusal(tmp_path / "nothing", place)
