"""Where the number of the edition stands."""

from django.db import models


class Counter(models.Model):
    """A part of the number, which is the sum of all rows: one row, and more where transactions meet (PostgreSQL).

    Only the triggers write it. Their steps are random, so that a database restored from a back-up never reaches a
    number that stood for something else before.
    """

    number = models.BigIntegerField()
