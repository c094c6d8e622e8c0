"""Draws the history of the fair from a seed: the same seed gives the same, without dates and without a database.

Its companies, people and products are the rows of the workbook in demo/fair, which `source` reads; `published` is the
schedule that was made of it. `fair_plan` is the whole. `entities` and `events` are the types; each other module draws
what it is named after, in this order: meetings, attendances, outcomes (with statements), requests, inquiries.
`random_source` gives each of them its own sequence of random numbers.
"""
