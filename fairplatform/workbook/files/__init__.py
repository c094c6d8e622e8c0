"""Opening what organisers send: an .xlsx file, or a folder of CSV files."""
