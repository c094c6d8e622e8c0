"""The pictures and documents of a company and of one product: their page, and what is done on it."""
