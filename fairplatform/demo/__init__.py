"""The demonstration: an invented fair of the true size, of people and firms that do not exist."""
