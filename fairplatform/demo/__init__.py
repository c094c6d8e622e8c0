"""The demonstration: an invented fair of the real one's size, whose people and companies do not exist.

`fair` is the fair as its organisers would enter it, a workbook of CSV files in three languages; `additions` is
what no column of it says. From these and the texts in `content`, `plan` draws the history of the fair, without dates
and without a database. `loader` imports the workbook as any other, and makes database rows of the
history, at the dates that `anchor` gives them; `renewal` brings them back into the opening state at each later start
and keeps what visitors did. `demonstration` runs both, `first_visit` once more for the first visitor.

`held_fairs` loads fairs that are over, which nothing moves: two conferences as they were reported, and a matching day.
`simulation` acts for the people of the meetings; `personas` are those a visitor signs in as.
"""
