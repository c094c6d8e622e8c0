"""The forms of the booth office."""
