"""Where the content version is stored, and those of other content that something is cached under."""

from django.db import models


class Counter(models.Model):
    """A part of one version, which is the sum of its rows: one row, and more where transactions overlap.

    Only the triggers write it. Their steps are random, so that a database restored from a backup never reaches a
    number that stood for other content before.
    """

    content = models.CharField(max_length=20, default="public", help_text="public, or which other content")
    number = models.BigIntegerField()
