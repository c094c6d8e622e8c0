"""Comparing a workbook with what is stored, before anything is."""

from . import sentences as sentences
