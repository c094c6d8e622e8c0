"""Backup and restore of a whole fair: its database and its stored files, in one archive."""
