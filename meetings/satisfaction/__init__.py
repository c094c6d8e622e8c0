"""What each company says of a meeting after it: a rating, and whether it met the right partner."""
