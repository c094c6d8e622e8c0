"""Importing a workbook in the browser, and the files that an organiser downloads."""
