"""Numbers as they are printed: digits, words, shares and units."""
