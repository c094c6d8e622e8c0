"""What was agreed at a fair or because of it: entries that are only ever added, figures reported elsewhere, rates."""
