"""Imports the workbook of the fair, and makes database rows of its history.

Each module loads one kind; `rows` knows which row belongs to which plan key. The history is written in bulk and not by
the actions: 300 meetings and 500 messages would take minutes otherwise, and most of them are in the past, where an
action would refuse them.
"""
