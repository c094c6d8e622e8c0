"""The pages on which a fair itself is set up: its settings, bodies, units, halls, days and working time."""
