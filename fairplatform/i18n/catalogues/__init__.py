"""The gettext catalogues: extracting their messages, writing, compiling and checking them."""
