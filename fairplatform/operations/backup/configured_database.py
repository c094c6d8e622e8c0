"""Chooses the implementation of Database: for the commands, which hand it to backup and restore."""

from django.conf import settings

from .database import Database
from .postgresql import PostgresDatabase
from .sqlite import SqliteDatabase


def configured_database() -> Database:
    """The database of DATABASE_URL."""
    return SqliteDatabase() if settings.EMBEDDED else PostgresDatabase()
