"""A whole fair as one workbook: its sheets, reading and checking them, storing them, and writing them back."""
