"""The fair's office: the pages on which organisers set up a fair and its companies and people."""
