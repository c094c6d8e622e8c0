"""Brings the loaded demonstration back into its opening state at each later start, without touching what visitors did.

`opening_state` is the whole of it; `visitor_meetings` keeps what visitors held, `placement` finds slots for meetings
that are loaded again, and `meeting_counts` keeps the numbers of meetings as planned.
"""
