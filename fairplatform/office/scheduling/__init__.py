"""The schedule as a whole: drafts and their runs, publishing, and the board."""
