"""The products of an exhibitor's company: their list, and a page for each."""
