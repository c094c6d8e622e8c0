"""A company's products and people by spreadsheet."""
