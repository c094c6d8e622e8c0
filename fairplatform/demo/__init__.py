"""The demonstration: an invented fair of the real one's size, whose people and companies do not exist.

`content` has the texts in three languages; `plan` draws a whole fair from them, without dates and without a database.
`loader` makes database rows of the plan, at the dates that `anchor` gives it; `renewal` brings them back into the
opening state at each later start and keeps what visitors did. `demonstration` runs both, `first_visit` once more for
the first visitor. `simulation` then acts for the people of the meetings; `personas` are those a visitor signs in as.
"""
