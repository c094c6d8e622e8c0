"""What an operator, or their machines, ask of a process: whether it lives, whether it can serve, how it does."""
