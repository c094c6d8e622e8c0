"""A small fair for tests of backup and restore, and what is read back of it past the program."""

import hashlib
import json
import sqlite3
import tarfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from tests.servers.command import manage

PASSWORD = "long enough 42"
OFFER = b"%PDF-1.7 an offer"
SECRET = "the same key on both machines"  # SECRET_KEY
# Tables whose rows are never part of a backup.
TRANSIENT = {"django_session", "meetings_clocklease", "files_upload"}
_LAY = """
import json
from datetime import timedelta
from django.utils import timezone
from booths.models import Booth
from fairplatform.accounts.models import PersonalLink, Token
from tests.factories import make_conversation, make_exhibitor, make_fair, make_person, make_staff

fair, now = make_fair(), timezone.now()
booth = make_exhibitor(fair).booth
people = [make_staff(booth.participation, password="PASSWORD"), *(make_person() for _ in range(2))]
conversation = make_conversation(fair, people)
rows, end = ["conversation.read", "conversation.write"], now + timedelta(hours=1)
tokens = [Token.issue(person, fair=fair, permissions=rows, expires_at=end)[1] for person in people]
print(json.dumps({
    "fair": fair.slug, "booth": booth.pk, "conversation": conversation.pk, "email": people[0].email, "tokens": tokens,
}))
"""
# Stores files by the action of the program until its standard input ends; prints the digest of each stored file.
UPLOAD = """
import os, sys, threading
from django.utils import timezone
from booths.models import Booth
from fairplatform.files.actions import store
from tests.factories import actor

booth = Booth.objects.get(pk=BOOTH)
staff = actor(booth.participation.company.staff.first().user)
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
while not stop.wait(0.05):
    file = store(staff, owner=booth, name="a.pdf", content=b"%PDF-" + os.urandom(300_000), now=timezone.now())
    print(file.sha256, flush=True)
"""


@dataclass(frozen=True)
class SmallFair:
    """A fair with one booth and a conversation of three people, the first of whom can sign in with PASSWORD."""

    fair: str
    booth: int
    conversation: int
    email: str
    tokens: list[str]

    @property
    def topic(self) -> str:
        return f"chat:{self.conversation}"

    @property
    def page(self) -> str:
        return f"/fairs/{self.fair}/messages/{self.conversation}/"


def create_small_fair(environment: Mapping[str, str]) -> SmallFair:
    script = _LAY.replace("PASSWORD", PASSWORD)
    printed = manage("shell", "--no-imports", "-c", script, environment=environment).stdout
    return SmallFair(**json.loads(printed.splitlines()[-1]))


def query(environment: Mapping[str, str], statement: str) -> list[tuple[Any, ...]]:
    """Runs a statement in the database of this environment."""
    address = environment.get("DATABASE_URL", f"sqlite:///{environment['DATA_DIR']}/fair.sqlite3")
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as database:
            return database.execute(statement).fetchall()
    with psycopg.connect(address) as session:
        return session.execute(statement.encode()).fetchall()


def table_rows(environment: Mapping[str, str]) -> dict[str, list[str]]:
    """The rows of every table as sorted text, except the tables that are not backed up."""
    is_sqlite = environment.get("DATABASE_URL", "sqlite").startswith("sqlite")
    names = (
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence'"
        if is_sqlite
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    kept = {name for (name,) in query(environment, names)} - TRANSIENT
    return {name: sorted(map(repr, query(environment, f'SELECT * FROM "{name}"'))) for name in sorted(kept)}


def message_numbers(environment: Mapping[str, str]) -> dict[str, int]:
    """The number of each message by its client id."""
    rows = query(environment, "SELECT client_id, seq FROM chat_message ORDER BY seq")
    return {str(UUID(str(key))): seq for key, seq in rows}


def stored_digests(environment: Mapping[str, str]) -> dict[str, str]:
    """The digest of the content of each stored file, by its name."""
    folder = Path(environment["DATA_DIR"], "files")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("[0-9a-f][0-9a-f]/*")}


def folder_contents(folder: Path) -> dict[str, bytes]:
    """The content of each file in a folder by its relative path, without lock files."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def archive_members(archive: Path) -> list[tuple[tarfile.TarInfo, bytes]]:
    """The members of an archive with their content, in order."""
    with tarfile.open(archive) as tar:
        return [(entry, tar.extractfile(entry).read()) for entry in tar]  # type: ignore[union-attr]
