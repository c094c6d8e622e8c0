"""What operators and their machines ask of a process: is it alive, is it ready, and its metrics."""
