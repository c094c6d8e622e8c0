"""The daily brief: one page for a day of the fair, drafted, approved, and frozen with its figures as they were then."""
