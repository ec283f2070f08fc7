"""A question in, ranked facts and a confidence out."""
