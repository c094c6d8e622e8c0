"""The HTTP API under /api/v1/: what a visitor may see of fairs, as data, and the results for organisers."""
