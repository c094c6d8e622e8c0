"""What a fair needs, looked at once: what is well, what is not, and what to do about it."""
