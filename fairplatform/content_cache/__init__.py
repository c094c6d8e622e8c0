"""The edition: everything of the fairs that all people see alike, with one number for its present state.

What was made of it (an object, a piece of a page) is kept under that number, and so is never shown when it is old.
The database moves the number itself, in the transaction of each change, whoever writes and however.
"""
