"""Whom a company must, would like to or does not want to meet, as its managers say it on its own pages."""
