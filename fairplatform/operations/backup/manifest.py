"""The manifest of an archive: enough to tell whether the archive is complete and can be restored by this program."""

import tomllib
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.contrib.sessions.models import Session
from pydantic import BaseModel, ConfigDict, Field

from fairplatform.content_cache.models import Counter
from fairplatform.files.models import File, Rendition, Upload
from meetings.models import ClockLease

Vendor = Literal["sqlite", "postgresql"]
NAME = "manifest.json"
# Backed up without their rows: a restored session would sign somebody in, a restored lease would stop the clock, and of
# an upload on its way the archive has no bytes.
TRANSIENT_TABLES = (Session._meta.db_table, ClockLease._meta.db_table, Upload._meta.db_table)
# Each has a column `sha256`, the digest of a stored file. A database of an older version may not have all of them.
FILE_TABLES = (File._meta.db_table, Rendition._meta.db_table)
# Tables that `migrate` fills: rows in these alone do not make a database a fair.
MIGRATE_TABLES = (
    *("django_migrations", "django_content_type", "auth_permission"),
    Counter._meta.db_table,
    *TRANSIENT_TABLES,
)


class ArchiveMember(BaseModel):
    """A file in the archive: its length in bytes and the SHA-256 of its content, in hexadecimal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """The last member of an archive. `rows` is the number of rows by table, `members` the other members by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    program: str
    made_at: datetime
    vendor: Vendor
    server: int = Field(description="major version of the PostgreSQL server; 0 for SQLite")
    migrations: list[str] = Field(description="the applied ones, as app.name")
    rows: dict[str, int]
    members: dict[str, ArchiveMember]
    missing: list[str] = Field(description="SHA-256 of stored files that were lost or damaged when it was made")


class DatabaseSnapshot(BaseModel):
    """What a database held at one instant. `files`: the SHA-256 of every stored file it refers to."""

    server: int = 0
    migrations: list[str]
    rows: dict[str, int]
    files: list[str]


def program_version() -> str:
    """The version of this program, from pyproject.toml."""
    project = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())
    return str(project["project"]["version"])
