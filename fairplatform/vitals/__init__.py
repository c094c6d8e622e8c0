"""What an operator, or his machines, ask of a process: whether it lives, whether it can serve, how it does."""
