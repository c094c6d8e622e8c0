"""The organisers' pages of the agreement ledger, of what was reported elsewhere, and of rates of exchange."""
