"""The texts of a booth: what its company says of itself."""
