"""The pictures of the demonstration, all drawn by the program: goods, logos, and what is seen of three factories."""
