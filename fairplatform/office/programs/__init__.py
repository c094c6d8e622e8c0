"""The tokens with which an organiser's own programs read the results of a fair by the API."""
