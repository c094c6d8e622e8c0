"""Who is to meet whom: the last matching, the organisers' pairs, and the wishes of companies."""
