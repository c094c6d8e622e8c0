"""Access of a fair's people: handing out personal links, who has opened theirs, deactivating an account."""
