"""What is typed in the booth office is kept as a draft, field by field, until it is published."""
