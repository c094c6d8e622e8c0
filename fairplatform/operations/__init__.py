"""The commands an operator runs: serve, prepare, backup, restore and doctor."""
