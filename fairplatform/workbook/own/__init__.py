"""A company's own products or people as a sheet of the workbook, in Excel or CSV. Bad rows keep no good one back."""
