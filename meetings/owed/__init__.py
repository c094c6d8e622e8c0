"""Outcomes that companies still owe: whose they are, asking again, and messages to copy."""
