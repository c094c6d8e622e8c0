"""Makes database rows of the plan. Each module loads one kind; `rows` knows which row belongs to which plan key.

The rows are written in bulk and not by the actions: 300 meetings and 500 messages would take minutes otherwise, and
most of them are in the past, where an action would refuse them.
"""
