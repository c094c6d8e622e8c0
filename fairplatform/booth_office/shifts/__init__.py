"""When somebody of the company is at its booth."""
