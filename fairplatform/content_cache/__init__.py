"""A cache for the public content: fairs, halls, companies, booths, products: what everybody sees alike.

The *content version* is one number for the present state of all of it. Values are stored under the version they were
made from, so a stale one is never found. Triggers in the database raise the number, in the transaction of each change,
whatever program makes it. docs/decisions/0007-content-version.md says why.
"""
