"""The report of a fair: figures with their definitions, each of which opens to the rows that it is of."""
