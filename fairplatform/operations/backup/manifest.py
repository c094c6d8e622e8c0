"""What an archive says of itself: enough to tell whether it is whole and whether this program can take it."""

import tomllib
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.contrib.sessions.models import Session
from pydantic import BaseModel, ConfigDict, Field

from fairplatform.content_cache.models import Counter
from meetings.models import ClockLease

Vendor = Literal["sqlite", "postgresql"]
NAME = "manifest.json"
# What must not come back to life: who was signed in, and which process turned the clock. Only their columns are kept.
TRANSIENT = (Session._meta.db_table, ClockLease._meta.db_table)
# What `migrate` writes into a database that nobody has used yet.
BOOKKEEPING = (
    *("django_migrations", "django_content_type", "auth_permission"),
    Counter._meta.db_table,
    *TRANSIENT,
)


class Member(BaseModel):
    """A file of the archive: its length in bytes and the SHA-256 of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """The last member of an archive. `rows` counts each table, `missing` names stored files that were not there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    program: str
    made_at: datetime
    vendor: Vendor
    server: int = Field(description="major version of the PostgreSQL server; 0 for SQLite")
    migrations: list[str] = Field(description="the applied ones, as app.name")
    rows: dict[str, int]
    members: dict[str, Member]
    missing: list[str] = Field(description="SHA-256 of stored files that were lost or damaged when it was made")


class Snapshot(BaseModel):
    """What was read from a database at one instant: `files` are the SHA-256 of the stored files it names."""

    server: int = 0
    migrations: list[str]
    rows: dict[str, int]
    files: list[str]


def program_version() -> str:
    """The version of this program, as its project file has it."""
    project = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())
    return str(project["project"]["version"])
