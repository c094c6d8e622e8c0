"""Schedules of one-to-one meetings: who meets whom in which slot, with what interpreter. Pure: no Django, no clock.

`problem` says what is asked, `solving.solve` answers it, `rerun.rerun` changes an answer as little as possible,
`check.violations` verifies any answer without the solver. `reading` takes both from files.
"""
