"""The people of a booth's company: who they are, what they may do for it, and how they come in."""
