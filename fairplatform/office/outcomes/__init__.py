"""What came of the meetings, as organisers follow it: outcomes still owed, and how satisfied the companies were."""
