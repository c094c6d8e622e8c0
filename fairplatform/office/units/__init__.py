"""What delegates see and do for the companies of their own recruiting unit."""
