"""Draws the whole fair from a seed: the same seed gives the same fair, without dates and without a database.

`fair_plan` is the whole. `entities` and `events` are the types; each other module draws what it is named after, in
this order: exhibitors, buyers, people, products, matches, interpreters, timetable, meetings, attendances, outcomes
(with statements), requests, inquiries. `random_source` gives each of them its own sequence of random numbers.
"""
