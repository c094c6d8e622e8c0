"""The booth office: where the people of an exhibitor keep its booth, before the fair opens and while it is on."""
