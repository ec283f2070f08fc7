"""A text cut into sentences, and what of it is furniture."""
