"""What the program says of itself while it runs: lines in the log, and counts."""
