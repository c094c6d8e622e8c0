"""What the demonstration says: goods, names, places and sentences, in three languages."""
