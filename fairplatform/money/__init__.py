"""Amounts of money: read as people write them, written out, converted at a rate. Pure: no models, no database."""
