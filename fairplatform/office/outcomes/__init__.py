"""What came of the meetings, as organisers follow it: how satisfied the companies were."""
