"""Making the plan rows, and putting them back into place at each start."""
