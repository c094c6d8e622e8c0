"""Where the content version is stored."""

from django.db import models


class Counter(models.Model):
    """A part of the content version, which is the sum of all rows: one row, and more where transactions overlap.

    Only the triggers write it. Their steps are random, so that a database restored from a backup never reaches a
    number that stood for other content before.
    """

    number = models.BigIntegerField()
